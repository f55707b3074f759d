package io.github.ultrafeedback.batch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other, in the order in which they came, on threads of another executor: each request that
 * has a listener gets a lane, so a listener that blocks holds up its own request alone.
 */
final class SerialLane implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLane.class);

    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>(); // guarded by this
    private boolean working; // guarded by this

    SerialLane(Executor threads) {
        this.threads = threads;
    }

    /** Throws what the other executor throws; then the task is not run, and the next one tries again. */
    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
        if (working) {
            return;
        }
        working = true;
        try {
            threads.execute(this::work);
        } catch (RuntimeException | Error e) {
            working = false;
            tasks.clear(); // it was the only one
            throw e;
        }
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable e) { // those behind it must run
                LOG.warn("A task of a request threw {}.", e.getClass().getName()); // a message may hold a prompt
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks.poll();
        working = task != null;
        return task;
    }
}
