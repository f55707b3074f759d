package io.github.ultrafeedback;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A call on a thread of its own, so that the test can interrupt it. */
final class InThread<T> {
    /** What the call returned, and whether the thread was interrupted when it did. */
    record Result<T>(T value, boolean interrupted) {}

    private final CompletableFuture<Result<T>> result = new CompletableFuture<>();
    private final Thread thread;

    private InThread(Supplier<T> work) {
        this.thread = new Thread(
                () -> {
                    try {
                        T value = work.get();
                        result.complete(
                                new Result<>(value, Thread.currentThread().isInterrupted()));
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "caller");
        thread.start();
    }

    static <T> InThread<T> call(Supplier<T> work) {
        return new InThread<>(work);
    }

    void interrupt() {
        thread.interrupt();
    }

    Result<T> result() {
        try {
            return result.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the call did not return", e);
        }
    }

    /** Runs the work with the interrupt flag handled: returns whether it is set afterwards, and clears it. */
    static boolean leavesInterrupted(Runnable work) {
        try {
            work.run();
            return Thread.currentThread().isInterrupted();
        } finally {
            boolean unused = Thread.interrupted();
        }
    }
}
