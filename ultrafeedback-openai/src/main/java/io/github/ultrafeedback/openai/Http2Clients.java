package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spreads requests over several clients, since a client has one HTTP/2 connection to a host and fails what goes beyond
 * its streams. Thread-safe.
 *
 * <p>How many streams a connection takes is not told, so it is learnt. Each gets {@link #COMFORTABLE} at first: the
 * server's limit may not have been read yet, and some servers close a connection that goes beyond it, which would ask
 * twice for all that is on it. Where {@link #FEW} connections are full, those that have brought an answer get more,
 * until one turns a request away; from then on each gets as many as were seen to run on one. Where that is not enough,
 * further connections are opened, and each costs a thread.
 *
 * <p>A client makes a connection for each request that comes before the first one is up. So a client at rest gets one
 * request alone; others wait until the connection has taken it, which shows when its body is asked for.
 */
final class Http2Clients {
    private static final int FEW = 8;
    private static final int COMFORTABLE = 100; // what many servers allow
    private static final int CONNECTING = 4; // handshakes at once

    private final Supplier<HttpClient> open;
    private final Executor executor;
    private final List<Link> links = new ArrayList<>(); // guarded by this, as is all below
    private final Queue<CompletableFuture<Lease>> waiting = new ArrayDeque<>();
    private int connecting;
    private int proven; // the most streams seen on one connection
    private boolean turnedAway;
    private boolean closed;

    Http2Clients(Supplier<HttpClient> open, Executor executor) {
        this.open = open;
        this.executor = executor;
    }

    static ApiFailure closedFailure() {
        return ApiFailure.local(ApiFailure.Kind.TRANSPORT, "The generator was closed", Certainty.NOT_SENT, null);
    }

    /** A client with its connection. */
    private static final class Link {
        // Null once closed: its connections may hold requests, and those this link.
        volatile @Nullable HttpClient client;
        int load;
        int taken; // by the connection
        boolean up;
        boolean answered;
        boolean connecting;

        Link(HttpClient client) {
            this.client = client;
        }
    }

    /** Cancelling what it returns gives the place back. */
    CompletableFuture<Lease> lease() {
        CompletableFuture<Lease> wanted = new CompletableFuture<>();
        Lease place;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(closedFailure());
            }
            place = waiting.isEmpty() ? take() : null;
            if (place == null) {
                waiting.add(wanted);
            }
        }
        if (place != null) {
            wanted.complete(place);
        }
        return wanted;
    }

    private @Nullable Place take() {
        Link idle = null;
        Link best = null;
        for (Link link : links) {
            if (link.load == 0 && idle == null) {
                idle = link;
            } else if (link.up && link.load < most(link) && (best == null || link.load < best.load)) {
                best = link;
            }
        }
        if (best != null && best.load < COMFORTABLE) {
            return new Place(best);
        }
        boolean mayConnect = idle != null || links.size() < FEW || best == null;
        if (mayConnect && connecting < CONNECTING) {
            Link link = idle;
            if (link == null) {
                link = new Link(open.get());
                links.add(link);
            }
            link.connecting = true;
            connecting++;
            return new Place(link);
        }
        return best != null && connecting == 0 ? new Place(best) : null;
    }

    private int most(Link link) {
        int known = turnedAway ? Math.max(1, proven) : Integer.MAX_VALUE;
        return link.answered ? known : Math.min(known, COMFORTABLE);
    }

    /** Serves those that wait, on other threads: this one may be deep in a failure of the one before. */
    private synchronized void serve() {
        while (!waiting.isEmpty()) {
            if (waiting.element().isDone()) {
                waiting.remove();
                continue;
            }
            Lease place = take();
            if (place == null) {
                return;
            }
            CompletableFuture<Lease> first = waiting.remove();
            executor.execute(() -> {
                if (!first.complete(place)) {
                    place.ended(null);
                }
            });
        }
    }

    private synchronized void taken(Place place) {
        Link link = place.link;
        if (place.ended || place.taken) {
            return;
        }
        place.taken = true;
        link.taken++;
        proven = Math.max(proven, link.taken);
        if (!link.up) {
            link.up = true;
            settled(link);
            serve();
        }
    }

    private void settled(Link link) {
        if (link.connecting) {
            link.connecting = false;
            connecting--;
        }
    }

    private void ended(Place place, @Nullable Throwable failure) {
        List<CompletableFuture<Lease>> hopeless = List.of();
        ApiFailure known = failure == null ? null : TransportFailures.of(failure);
        synchronized (this) {
            if (place.ended) {
                return;
            }
            place.ended = true;
            Link link = place.link;
            link.load--;
            if (place.taken) {
                link.taken--;
            }
            if (failure != null && TransportFailures.turnedAway(failure)) {
                turnedAway = true;
                proven = place.taken ? Math.min(proven, link.taken) : proven; // refused by the server after all
            } else if (known != null && link.connecting && known.certainty() == Certainty.NOT_SENT) {
                hopeless = unreachable();
            }
            link.answered |= failure == null;
            if (link.load == 0) {
                link.answered = false;
                link.up = false; // it may be closed by the time it is used again
                settled(link);
            }
            serve();
        }
        for (CompletableFuture<Lease> one : hopeless) {
            executor.execute(() -> one.completeExceptionally(known));
        }
    }

    /** Nobody waits for one timeout after another. */
    private List<CompletableFuture<Lease>> unreachable() {
        if (links.stream().anyMatch(link -> link.up)) {
            return List.of();
        }
        List<CompletableFuture<Lease>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    void close() {
        List<CompletableFuture<Lease>> left;
        synchronized (this) {
            closed = true;
            links.forEach(link -> link.client = null);
            links.clear();
            left = List.copyOf(waiting);
            waiting.clear();
        }
        for (CompletableFuture<Lease> one : left) {
            one.completeExceptionally(closedFailure());
        }
    }

    /** One stream. */
    private final class Place implements Lease {
        private final Link link;
        private boolean taken; // guarded by the clients, as is the next
        private boolean ended;

        Place(Link link) {
            this.link = link;
            link.load++;
        }

        @Override
        public HttpClient client() {
            HttpClient client = link.client;
            if (client == null) {
                throw closedFailure();
            }
            return client;
        }

        @Override
        public HttpRequest watched(HttpRequest request) {
            return request.bodyPublisher()
                    .map(body -> HttpRequest.newBuilder(request, (name, value) -> true)
                            .method(request.method(), new WatchedBody(body, () -> taken(this)))
                            .build())
                    .orElse(request);
        }

        @Override
        public void ended(@Nullable Throwable failure) {
            Http2Clients.this.ended(this, failure);
        }
    }
}
