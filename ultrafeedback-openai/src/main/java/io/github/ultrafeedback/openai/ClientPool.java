package io.github.ultrafeedback.openai;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP clients behind one target; one for now. A few threads serve all connections: nothing of ours blocks them,
 * and idle ones end by themselves.
 */
final class ClientPool implements AutoCloseable {
    private static final int MOST_THREADS = 4;

    private final HttpClient client;

    ClientPool(OpenAiSettings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER) // a key must not follow to another host
                // One client has one HTTP/2 connection to a host, which takes about 100 requests and fails the rest.
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads());
        if (settings.proxy() != null) {
            builder.proxy(settings.proxy());
        }
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        client = builder.build();
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

    HttpClient next() {
        return client;
    }

    /** Ends the client at once on JDK 21 and later; on 17 it ends when it is collected. */
    @Override
    public void close() {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            // JDK 17 to 20: every exchange has been cancelled already, and nothing holds the client any more.
        }
    }
}
