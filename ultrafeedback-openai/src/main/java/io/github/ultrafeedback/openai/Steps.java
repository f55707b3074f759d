package io.github.ultrafeedback.openai;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A result that several steps lead to: cancelling it cancels the step that is under way. Thread-safe. */
final class Steps<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private volatile @Nullable Future<?> current;

    Steps() {
        CompletableFuture<?> unused = result.whenComplete((value, failure) -> {
            Future<?> step = current;
            if (step != null && result.isCancelled()) {
                step.cancel(true);
            }
        });
    }

    /** Goes on to another step. */
    <F extends Future<?>> F at(F step) {
        current = step;
        if (result.isCancelled()) { // cancelled while the step began
            step.cancel(true);
        }
        return step;
    }

    CompletableFuture<T> result() {
        return result;
    }

    boolean ended() {
        return result.isDone();
    }

    void succeed(T value) {
        result.complete(value);
    }

    void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }
}
