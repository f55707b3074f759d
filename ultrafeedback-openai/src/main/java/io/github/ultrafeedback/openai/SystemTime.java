package io.github.ultrafeedback.openai;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time, with one thread for all timers of a generator. */
final class SystemTime implements Time {
    private final Clock clock = Clock.systemUTC();
    private final ScheduledThreadPoolExecutor timers;

    SystemTime() {
        timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ultrafeedback-openai-timer");
            thread.setDaemon(true); // a generator that nobody closed must not keep the JVM alive
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true); // else each answer leaves its timeout behind for ten minutes
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public CompletableFuture<Void> timer(Duration delay) {
        CompletableFuture<Void> rings = new CompletableFuture<>();
        try {
            Future<?> alarm = timers.schedule(
                    () -> {
                        rings.complete(null);
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
            CompletableFuture<?> unused = rings.whenComplete((done, cancelled) -> {
                if (cancelled != null) {
                    alarm.cancel(false);
                }
            });
        } catch (RejectedExecutionException e) {
            return rings; // closed: whoever waits has been ended by whoever closed
        }
        return rings;
    }

    @Override
    public Executor executor() {
        return task -> {
            try {
                timers.execute(task);
            } catch (RejectedExecutionException e) {
                // Closed, as above.
            }
        };
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
