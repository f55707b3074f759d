package io.github.ultrafeedback.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Waits are skipped, and attempts time out when the test says so. */
final class AlarmTime implements Time {
    static final Duration ATTEMPT = Duration.ofMinutes(7);

    private final SkippingTime rest = new SkippingTime();
    private final List<CompletableFuture<Void>> alarms = new ArrayList<>();
    private int owed;

    /** The time of one attempt is up: of the one that is out, or of the next whose alarm is still to be set. */
    void ring() {
        List<CompletableFuture<Void>> due;
        synchronized (this) {
            alarms.removeIf(CompletableFuture::isDone);
            due = List.copyOf(alarms);
            alarms.clear();
            owed += due.isEmpty() ? 1 : 0;
        }
        due.forEach(alarm -> alarm.complete(null));
    }

    List<Duration> skipped() {
        return rest.skipped;
    }

    @Override
    public CompletableFuture<Void> timer(Duration delay) {
        if (!delay.equals(ATTEMPT)) {
            return rest.timer(delay);
        }
        synchronized (this) {
            CompletableFuture<Void> alarm = new CompletableFuture<>();
            if (owed > 0) {
                owed--;
                alarm.complete(null);
            } else {
                alarms.add(alarm);
            }
            return alarm;
        }
    }

    @Override
    public long nanos() {
        return rest.nanos();
    }

    @Override
    public Instant now() {
        return rest.now();
    }

    @Override
    public Executor executor() {
        return rest.executor();
    }

    @Override
    public void close() {
        rest.close();
    }
}
