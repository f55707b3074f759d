package io.github.ultrafeedback.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** Real time in which waits between attempts are skipped, and written down; timeouts, which are longer, stay. */
final class SkippingTime implements Time {
    private final Duration longestWait;
    final List<Duration> skipped = new CopyOnWriteArrayList<>();
    private final SystemTime real = new SystemTime();

    SkippingTime() {
        this(Duration.ofMinutes(3));
    }

    /** Takes the longest wait that is skipped. */
    SkippingTime(Duration longestWait) {
        this.longestWait = longestWait;
    }

    @Override
    public long nanos() {
        return real.nanos();
    }

    @Override
    public Instant now() {
        return real.now();
    }

    @Override
    public CompletableFuture<Void> timer(Duration delay) {
        if (delay.compareTo(longestWait) > 0
                || delay.equals(DialectDetector.PATIENCE)
                || delay.equals(Exchange.LINGER)) {
            return real.timer(delay);
        }
        skipped.add(delay);
        return real.timer(Duration.ZERO);
    }

    @Override
    public Executor executor() {
        return real.executor();
    }

    @Override
    public void close() {
        real.close();
    }
}
