package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Time that stands still until the test advances it. */
record TestTime(FakeClock clock) implements Time {
    TestTime() {
        this(new FakeClock());
    }

    /** Surroundings with this time, a seed of chance, and no environment. */
    Ambient ambient(long seed) {
        return new Ambient(this, new Random(seed), Map.of());
    }

    @Override
    public long nanos() {
        return clock.nanoTime();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public CompletableFuture<Void> timer(Duration delay) {
        return clock.timer(delay);
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }

    @Override
    public void close() {}
}
