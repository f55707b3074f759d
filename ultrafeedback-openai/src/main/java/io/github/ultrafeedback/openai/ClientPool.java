package io.github.ultrafeedback.openai;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients behind one target: one for HTTP/1.1, however many connections it takes, and several for HTTP/2, see
 * {@link Http2Clients}. A few threads serve all connections: nothing of ours blocks them, and idle ones end by
 * themselves. Each client has one thread more, for its sockets. Thread-safe.
 *
 * <p>HTTP/2 is for {@code https} alone: without TLS the JDK asks for it by an upgrade, which servers of local models
 * answer by losing the body.
 */
final class ClientPool implements AutoCloseable {
    private static final int MOST_THREADS = 4;

    private final OpenAiSettings settings;
    private final ThreadPoolExecutor threads = threads();
    private final List<HttpClient> opened = new ArrayList<>(); // guarded by this, as are the next two
    private @Nullable HttpClient plain;
    private boolean closed;
    private final Http2Clients multiplexed = new Http2Clients(() -> open(HttpClient.Version.HTTP_2), threads);

    ClientPool(OpenAiSettings settings) {
        this.settings = settings;
    }

    /** Takes no more than {@link OpenAiSettings#connectTimeout} where a connection must be made first. */
    CompletableFuture<Lease> lease(URI uri) {
        if (settings.httpVersion() == HttpClient.Version.HTTP_2 && "https".equalsIgnoreCase(uri.getScheme())) {
            return multiplexed.lease();
        }
        try {
            return CompletableFuture.completedFuture(new Plain(plain()));
        } catch (ApiFailure e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized HttpClient plain() {
        HttpClient client = plain;
        if (client == null) {
            client = open(HttpClient.Version.HTTP_1_1);
            plain = client;
        }
        return client;
    }

    private synchronized HttpClient open(HttpClient.Version version) {
        if (closed) {
            throw Http2Clients.closedFailure();
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER) // a key must not follow to another host
                .version(version)
                .executor(threads);
        if (settings.proxy() != null) {
            builder.proxy(settings.proxy());
        }
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        HttpClient client = builder.build();
        opened.add(client);
        return client;
    }

    private static ThreadPoolExecutor threads() {
        AtomicInteger count = new AtomicInteger();
        int most = Math.max(2, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "ultrafeedback-openai-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true); // it is never shut down, since the client's own clean-up runs on it
        return threads;
    }

    /** Ends the clients at once on JDK 21 and later; on 17 they end when they are collected, so none is held here. */
    @Override
    public void close() {
        List<HttpClient> left;
        synchronized (this) {
            closed = true;
            plain = null;
            left = List.copyOf(opened);
            opened.clear();
        }
        multiplexed.close();
        try {
            for (HttpClient client : left) {
                HttpClient.class.getMethod("shutdownNow").invoke(client);
            }
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            // JDK 17 to 20: every exchange has been cancelled already, and nothing holds the clients any more.
        }
    }

    /** HTTP/1.1: a request more is a connection more. */
    private record Plain(HttpClient client) implements Lease {
        @Override
        public HttpRequest watched(HttpRequest request) {
            return request;
        }

        @Override
        public void ended(@Nullable Throwable failure) {
            // There are no places to run out of.
        }
    }
}
