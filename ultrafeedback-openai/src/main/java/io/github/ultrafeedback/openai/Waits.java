package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Blocks callers until a step is done, the caller is interrupted, or all is closed. Thread-safe. */
final class Waits implements AutoCloseable {
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
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
        } finally {
            open.remove(future);
        }
    }

    /** Cancels the future when all is closed. */
    void add(CompletableFuture<?> future) {
        open.add(future);
        if (closed) {
            future.cancel(true);
        }
        CompletableFuture<?> unused = future.whenComplete((value, failure) -> open.remove(future));
    }

    GeneratorClosedException closed() {
        return new GeneratorClosedException(
                "The generator was closed. Batches go on without it: open a new one to collect them.",
                Certainty.MAYBE_DONE);
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(future -> future.cancel(true));
    }
}
