package io.github.ultrafeedback.batch;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that make text of tokens and call listeners and callers, so that the engine's thread does neither.
 * Closing it waits for nobody: a listener that blocks must not hold up whoever closes.
 */
final class Outbox implements AutoCloseable {
    private final ExecutorService shared;
    private final ExecutorService listening;

    Outbox(ThreadFactory threads) {
        this.shared = Executors.newSingleThreadExecutor(threads);
        this.listening = Executors.newCachedThreadPool(threads);
    }

    /** Where the work on one request runs, task after task: its own lane if a listener of the caller's hears it. */
    Executor lane(boolean listener) {
        return listener ? new SerialLane(listening) : shared;
    }

    /** Takes no more tasks; those that were taken still run. */
    @Override
    public void close() {
        shared.shutdown();
        listening.shutdown();
    }
}
