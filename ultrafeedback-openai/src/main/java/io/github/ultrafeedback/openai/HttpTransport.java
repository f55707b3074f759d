package io.github.ultrafeedback.openai;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends requests over {@code java.net.http} and has their responses read. Blocks nobody. Thread-safe. */
final class HttpTransport implements AutoCloseable {
    private final Target target;
    private final ClientPool clients;
    private final Duration attemptTimeout;
    private final Time time;

    HttpTransport(Target target, ClientPool clients, Duration attemptTimeout, Time time) {
        this.target = target;
        this.clients = clients;
        this.attemptTimeout = attemptTimeout;
        this.time = time;
    }

    /**
     * Sends a request; takes a new reader for each time it is sent, which is twice where the key was changed while the
     * old one was on its way. Fails with an {@link ApiFailure}; cancelling aborts the exchange.
     */
    <T> CompletableFuture<T> send(ApiRequest request, Supplier<ResponseReader<T>> readers) {
        Steps<T> steps = new Steps<>();
        attempt(request, readers, steps, true);
        return steps.result();
    }

    private <T> void attempt(
            ApiRequest request, Supplier<ResponseReader<T>> readers, Steps<T> steps, boolean mayChangeKey) {
        String key;
        try {
            key = target.currentKey();
        } catch (ApiFailure e) {
            steps.fail(e);
            return;
        }
        CompletableFuture<?> unused = steps.at(exchange(request, key, readers)).whenComplete((value, thrown) -> {
            if (thrown == null) {
                steps.succeed(value);
                return;
            }
            ApiFailure failure = ApiFailure.of(thrown);
            if (mayChangeKey && !steps.ended() && keyChanged(failure, key)) {
                attempt(request, readers, steps, false);
            } else {
                steps.fail(failure.hiding(key));
            }
        });
    }

    private boolean keyChanged(ApiFailure failure, @Nullable String used) {
        try {
            return failure.facts().status() == 401 && !Objects.equals(used, target.currentKey());
        } catch (ApiFailure e) {
            return false; // the 401 says more
        }
    }

    private <T> CompletableFuture<T> exchange(
            ApiRequest request, @Nullable String key, Supplier<ResponseReader<T>> readers) {
        HttpRequest built;
        try {
            built = target.request(request, key);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(Exchange.refused(e));
        }
        Exchange<T> exchange = new Exchange<>(clients, time, built, readers);
        CompletableFuture<T> result = exchange.start();
        CompletableFuture<Void> alarm = time.timer(attemptTimeout);
        CompletableFuture<?> unusedLate = alarm.thenRun(() -> result.completeExceptionally(ApiFailure.local(
                ApiFailure.Kind.TIMEOUT,
                "No whole answer came within attemptTimeout, " + attemptTimeout,
                exchange.certainty(),
                null)));
        CompletableFuture<?> unused = result.whenComplete((value, failure) -> alarm.cancel(false));
        return result;
    }

    @Override
    public void close() {
        clients.close();
    }
}
