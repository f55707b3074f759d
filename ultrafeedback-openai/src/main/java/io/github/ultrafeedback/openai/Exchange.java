package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt: waits for a place at a client, sends, has the response read. Thread-safe. */
final class Exchange<T> {
    /** For the end of a body whose answer is whole: servers send it at once, or forget it and keep the connection. */
    static final Duration LINGER = Duration.ofSeconds(4);

    private static final int TURNS = 3; // at connections that turn out to be full: they cost nothing

    private final ClientPool clients;
    private final Time time;
    private final HttpRequest request;
    private final Supplier<ResponseReader<T>> readers;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private volatile @Nullable ResponseReader<T> reader;

    Exchange(ClientPool clients, Time time, HttpRequest request, Supplier<ResponseReader<T>> readers) {
        this.clients = clients;
        this.time = time;
        this.request = request;
        this.readers = readers;
    }

    /** Completing it aborts what is under way. */
    CompletableFuture<T> start() {
        turn(1);
        return result;
    }

    /** What is known of a request that is given up now. */
    Certainty certainty() {
        return reader == null ? Certainty.NOT_SENT : Certainty.MAYBE_DONE;
    }

    private void turn(int turn) {
        CompletableFuture<Lease> place = clients.lease(request.uri());
        CompletableFuture<?> unusedEnd = result.whenComplete((value, failure) -> place.cancel(false));
        CompletableFuture<?> unused = place.whenComplete((lease, failure) -> {
            if (lease == null) {
                result.completeExceptionally(failure);
            } else if (result.isDone()) {
                lease.ended(null);
            } else {
                send(lease, turn);
            }
        });
    }

    private void send(Lease lease, int turn) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture<?> unusedAnswer = answer.whenComplete((value, failure) -> {
            lease.ended(failure);
            end(turn, value, failure);
        });
        ResponseReader<T> first = reader;
        ResponseReader<T> mine = first == null ? readers.get() : first; // still unused if the request was turned away
        reader = mine;
        BodyReading<T> body = new BodyReading<>(mine);
        CompletableFuture<?> sent;
        try {
            sent = lease.client().sendAsync(lease.watched(request), head -> {
                body.head(head);
                return body;
            });
        } catch (RuntimeException e) { // nothing left: the client refuses the request, or is closed
            answer.completeExceptionally(refused(e));
            return;
        }
        pass(sent, body, answer);
        CompletableFuture<?> unused = result.whenComplete((value, failure) -> {
            if (failure != null && !body.ended()) {
                sent.cancel(true);
                body.abort();
                answer.completeExceptionally(failure);
            }
        });
    }

    /** The body's end is the answer's, also where the exchange failed. */
    private void pass(CompletableFuture<?> sent, BodyReading<T> body, CompletableFuture<T> answer) {
        CompletableFuture<?> unusedSent = sent.whenComplete((response, failure) -> {
            if (failure != null) {
                body.broken(failure);
            }
        });
        CompletableFuture<?> unusedBody = body.result().whenComplete((value, failure) -> {
            if (failure == null) {
                linger(body); // first: once the answer is there, so is the alarm
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    /** Ends a body that the server does not end, so that the connection is not lost for good. */
    private void linger(BodyReading<T> body) {
        if (body.ended()) {
            return;
        }
        CompletableFuture<Void> alarm = time.timer(LINGER);
        CompletableFuture<?> unusedLate = alarm.thenRun(body::abort);
        CompletableFuture<?> unused =
                body.getBody().toCompletableFuture().whenComplete((end, failure) -> alarm.cancel(false));
    }

    private void end(int turn, T value, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else if (turn < TURNS && !result.isDone() && TransportFailures.turnedAway(failure)) {
            turn(turn + 1);
        } else {
            result.completeExceptionally(TransportFailures.of(failure));
        }
    }

    static ApiFailure refused(RuntimeException e) {
        return e instanceof ApiFailure known
                ? known
                : ApiFailure.local(
                        ApiFailure.Kind.INVALID,
                        "The HTTP client refused the request with "
                                + e.getClass().getName(),
                        Certainty.NOT_SENT,
                        null);
    }
}
