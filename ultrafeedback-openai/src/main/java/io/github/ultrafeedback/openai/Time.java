package io.github.ultrafeedback.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Where time comes from, so that no test waits for real. Safe for concurrent use. */
interface Time extends AutoCloseable {
    /** Nanoseconds since some moment, for measuring. */
    long nanos();

    /** The calendar's time, for headers that hold a date. */
    Instant now();

    /**
     * Completes once the delay is over, by a thread of its own; cancelling it frees it. Never completes once closed.
     */
    CompletableFuture<Void> timer(Duration delay);

    /** Runs what must not run on the calling thread, once {@link #timer} has let it begin. */
    Executor executor();

    @Override
    void close();
}
