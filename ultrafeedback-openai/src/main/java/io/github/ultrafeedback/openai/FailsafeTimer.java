package io.github.ultrafeedback.openai;

import dev.failsafe.spi.Scheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets Failsafe wait by our timers, so that its waits stand still on a test's clock. What is due at once, which is the
 * first attempt alone, runs on the calling thread. A retry must not, even if its timer rings before it is asked for:
 * Failsafe 3.3.2 schedules within its locks, and then cancels what it takes for the attempt before, which would be the
 * one just begun.
 */
final class FailsafeTimer implements Scheduler {
    private final Time time;

    FailsafeTimer(Time time) {
        this.time = time;
    }

    @Override
    public ScheduledFuture<?> schedule(Callable<?> task, long delay, TimeUnit unit) {
        if (delay <= 0) {
            CompletableFuture<Void> now = CompletableFuture.completedFuture(null);
            return new Scheduled(now, now.thenAccept(rung -> call(task)));
        }
        CompletableFuture<Void> timer = time.timer(Duration.ofNanos(unit.toNanos(delay)));
        return new Scheduled(timer, timer.thenAcceptAsync(rung -> call(task), time.executor()));
    }

    private static void call(Callable<?> task) {
        try {
            Object unused = task.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private record Scheduled(CompletableFuture<Void> timer, CompletableFuture<?> ran)
            implements ScheduledFuture<Object> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            return timer.cancel(false);
        }

        @Override
        public boolean isCancelled() {
            return timer.isCancelled();
        }

        @Override
        public boolean isDone() {
            return ran.isDone();
        }

        @Override
        public Object get() throws InterruptedException, ExecutionException {
            return ran.get();
        }

        @Override
        public Object get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            return ran.get(timeout, unit);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0; // nobody sorts these
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
