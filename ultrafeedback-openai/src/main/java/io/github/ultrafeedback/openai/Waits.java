package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Blocks callers until a step is done, the caller is interrupted, or all is closed. Thread-safe. */
final class Waits implements AutoCloseable {
    private final Map<Object, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Throws {@link ApiFailure} or {@link GenerationException}. */
    <T> T get(CompletableFuture<T> future) {
        add(future);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new GenerationCancelledException(
                    "The caller was interrupted while it waited for the Batch API.", Certainty.MAYBE_DONE);
        } catch (CancellationException e) {
            throw closed();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GenerationException known) {
                throw known;
            }
            throw ApiFailure.of(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Cancels the future when all is closed. */
    void add(CompletableFuture<?> future) {
        Object place = new Object(); // futures have no equality to speak of
        open.put(place, future);
        if (closed) {
            future.cancel(true);
        }
        CompletableFuture<?> unused = future.whenComplete((value, failure) -> open.remove(place));
    }

    GeneratorClosedException closed() {
        return new GeneratorClosedException(
                "The generator was closed. Batches go on without it: open a new one to collect them.",
                Certainty.MAYBE_DONE);
    }

    @Override
    public void close() {
        closed = true;
        open.values().forEach(future -> future.cancel(true));
    }
}
