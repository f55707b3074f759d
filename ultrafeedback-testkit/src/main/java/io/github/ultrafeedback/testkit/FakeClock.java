package io.github.ultrafeedback.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A clock that stands still until the test advances it, so that no test sleeps. Serves as {@link Clock}, as a source of
 * nanoseconds in place of {@link System#nanoTime}, and as a timer. Safe for concurrent use.
 */
public final class FakeClock extends Clock {
    private final ZoneId zone;
    private final Time time;

    /** What clocks of several zones share. */
    private static final class Time {
        private final List<Alarm> alarms = new ArrayList<>();
        private Instant now;
        private long nanos;

        Time(Instant now) {
            this.now = now;
        }
    }

    private record Alarm(Instant due, CompletableFuture<Void> rings) {}

    private FakeClock(ZoneId zone, Time time) {
        this.zone = zone;
        this.time = time;
    }

    /** Starts at 2026-01-01T00:00:00Z, in UTC. */
    public FakeClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * Starts at an instant of the test's choice, in UTC.
     *
     * @param start the first instant
     */
    public FakeClock(Instant start) {
        this(ZoneOffset.UTC, new Time(start));
    }

    /**
     * Moves time forward, and completes the timers that are due by then, in the order of their times. Their callbacks
     * run on the calling thread.
     *
     * @param duration how far; not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "duration must be at least 0, got " + duration + "; time never runs backwards");
        }
        List<Alarm> due = new ArrayList<>();
        synchronized (time) {
            time.now = time.now.plus(duration);
            time.nanos += duration.toNanos();
            for (Iterator<Alarm> alarms = time.alarms.iterator(); alarms.hasNext(); ) {
                Alarm alarm = alarms.next();
                if (!alarm.due().isAfter(time.now)) {
                    alarms.remove();
                    due.add(alarm);
                }
            }
        }
        due.sort(Comparator.comparing(Alarm::due));
        due.forEach(alarm -> alarm.rings().complete(null)); // outside the lock, since callbacks may ask for the time
    }

    /**
     * Asks to be told when time has advanced.
     *
     * @param delay how far from now; zero or less is due at once
     * @return completes when the clock has been advanced that far
     */
    public CompletableFuture<Void> timer(Duration delay) {
        synchronized (time) {
            if (delay.isNegative() || delay.isZero()) {
                return CompletableFuture.completedFuture(null);
            }
            Alarm alarm = new Alarm(time.now.plus(delay), new CompletableFuture<>());
            time.alarms.add(alarm);
            return alarm.rings();
        }
    }

    /**
     * How many timers have not rung, so that a test can wait until somebody waits.
     *
     * @return timers that are not due yet, cancelled ones left out
     */
    public int pendingTimers() {
        synchronized (time) {
            return (int) time.alarms.stream()
                    .filter(alarm -> !alarm.rings().isDone())
                    .count();
        }
    }

    /**
     * Nanoseconds since this clock was made, for code that takes a source of them.
     *
     * @return what was advanced so far
     */
    public long nanoTime() {
        synchronized (time) {
            return time.nanos;
        }
    }

    @Override
    public Instant instant() {
        synchronized (time) {
            return time.now;
        }
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same time in another zone: whoever advances one advances both. */
    @Override
    public FakeClock withZone(ZoneId newZone) {
        return new FakeClock(newZone, time);
    }
}
