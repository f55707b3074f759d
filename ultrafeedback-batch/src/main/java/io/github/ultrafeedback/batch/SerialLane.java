package io.github.ultrafeedback.batch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other, in the order in which they came, on threads of another executor: each request that
 * has a listener gets a lane, so a listener that blocks holds up its own request alone.
 */
final class SerialLane implements Executor {
    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    SerialLane(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (open.getAndIncrement() == 0) {
            threads.execute(this::work);
        }
    }

    private void work() {
        int done = 0;
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
            done = open.decrementAndGet();
        } while (done > 0);
    }
}
