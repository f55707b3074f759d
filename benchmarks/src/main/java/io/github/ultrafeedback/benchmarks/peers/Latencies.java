package io.github.ultrafeedback.benchmarks.peers;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts times in classes two percent wide, from a microsecond to over an hour. Thread-safe. */
final class Latencies {
    private static final double STEP = Math.log(1.02);

    private final AtomicLongArray counts = new AtomicLongArray(1200);

    void add(long nanos) {
        int place = (int) (Math.log(Math.max(1.0, nanos / 1e3)) / STEP);
        counts.incrementAndGet(Math.min(place, counts.length() - 1));
    }

    long count() {
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** Milliseconds that the given share of the times stayed below; 0 without any. */
    double quantile(double share) {
        long rest = (long) Math.ceil(count() * share);
        for (int i = 0; i < counts.length(); i++) {
            rest -= counts.get(i);
            if (rest <= 0) {
                return count() == 0 ? 0 : Math.exp((i + 0.5) * STEP) / 1e3;
            }
        }
        return 0;
    }
}
