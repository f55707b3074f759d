package io.github.ultrafeedback.batch;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The engine's thread: steps while there is work, rests while there is none, and cleans up when it ends. */
final class EngineLoop {
    private final Engine engine;
    private final Inbox inbox;
    private final Runnable cleanUp;
    private final Thread thread;
    private volatile @Nullable Throwable death;

    /** Takes what to do at the end, whatever ended it. */
    EngineLoop(Engine engine, Inbox inbox, Runnable cleanUp, ThreadFactory threads) {
        this.engine = engine;
        this.inbox = inbox;
        this.cleanUp = cleanUp;
        this.thread = threads.newThread(this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            while (engine.step() || inbox.await()) { // rests only where nothing is to be done
            }
        } catch (RuntimeException | Error e) { // the state of the slots cannot be told: nobody may wait for it
            death = e;
        } finally {
            cleanUp.run();
        }
    }

    /** What ended the engine; null while it is well. */
    @Nullable Throwable death() {
        return death;
    }

    /** Waits for the end even when interrupted: native memory must be free when close returns. */
    void awaitEnd() {
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
