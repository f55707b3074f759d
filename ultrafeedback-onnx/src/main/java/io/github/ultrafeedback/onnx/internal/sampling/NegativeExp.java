package io.github.ultrafeedback.onnx.internal.sampling;

/**
 * The exponential of minus a distance, {@code e^-d} for d of at least 0, the same to the last bit on every machine: a
 * table from {@link StrictMath}, and additions and multiplications of doubles, whose results Java fixes since 17.
 * {@link Math#exp} may differ by one bit from one processor to the next, and a draw must not.
 *
 * <p>The table has a value for the middle of each bin of width 1/32; the rest, at most 1/64 away, is a Taylor
 * polynomial of degree 5, off by less than 3e-14 of the value. From a distance of 64 on the result is 0: a vocabulary
 * of a million such tokens has less than 2e-22 of the mass, far below the 1.1e-16 steps of a random double.
 */
final class NegativeExp {
    static final int BINS = 2048;
    private static final double BINS_PER_UNIT = 32;
    private static final double WIDTH = 1 / BINS_PER_UNIT;
    private static final double LIMIT = BINS / BINS_PER_UNIT;
    private static final double[] MIDDLES = new double[BINS];

    static {
        for (int bin = 0; bin < BINS; bin++) {
            MIDDLES[bin] = StrictMath.exp(-(bin + 0.5) * WIDTH);
        }
    }

    private NegativeExp() {}

    /** The value for a distance that is not negative; 0 for NaN, too. */
    static double of(double distance) {
        if (!inRange(distance)) {
            return 0;
        }
        int bin = bin(distance);
        return MIDDLES[bin] * withinBin(distance, bin);
    }

    static boolean inRange(double distance) {
        return distance < LIMIT;
    }

    static int bin(double distance) {
        return (int) (distance * BINS_PER_UNIT);
    }

    /** The value for the middle of a bin. */
    static double ofMiddle(int bin) {
        return MIDDLES[bin];
    }

    /** What the value of the bin's middle is multiplied with. */
    static double withinBin(double distance, int bin) {
        double r = (bin + 0.5) * WIDTH - distance;
        return 1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120)))));
    }
}
