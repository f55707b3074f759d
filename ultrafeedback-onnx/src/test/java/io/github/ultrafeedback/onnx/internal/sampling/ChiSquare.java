package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

/** Pearson's test: how far counts lie from what a distribution makes likely. */
final class ChiSquare {
    private static final double LEAST_EXPECTED = 10;
    /** Standard deviations: chance alone goes beyond in one of 30,000 runs, and the seeds are fixed. */
    private static final double LIMIT = 4;

    private ChiSquare() {}

    static void assertFits(long[] counts, double[] probabilities) {
        assertThat(deviation(counts, probabilities))
                .as("standard deviations above chance")
                .isLessThan(LIMIT);
    }

    /** Wilson and Hilferty's cube root makes the statistic normal; rare outcomes share one cell. */
    static double deviation(long[] counts, double[] probabilities) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double statistic = 0;
        double rareExpected = 0;
        long rare = 0;
        int cells = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * probabilities[i];
            assertThat(expected > 0 || counts[i] == 0)
                    .as("drawn though impossible: %s", i)
                    .isTrue();
            if (expected < LEAST_EXPECTED) {
                rareExpected += expected;
                rare += counts[i];
            } else {
                cells++;
                statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            }
        }
        if (rareExpected > LEAST_EXPECTED) {
            cells++;
            statistic += (rare - rareExpected) * (rare - rareExpected) / rareExpected;
        }
        double spread = 2.0 / (9 * (cells - 1));
        return (Math.cbrt(statistic / (cells - 1)) - (1 - spread)) / Math.sqrt(spread);
    }
}
