package io.github.ultrafeedback.onnx.internal.sampling;

/**
 * The exponential of minus a distance, {@code e^-d} for d of at least 0, the same to the last bit on every machine: a
 * table from {@link StrictMath}, and additions and multiplications of doubles, whose results Java fixes since 17.
 * {@link Math#exp} may differ by one bit from one processor to the next, and a draw must not.
 *
 * <p>The table has the values at the multiples of 1/64; the rest, at most 1/128 away, is a Taylor polynomial of degree
 * 4, off by less than 3e-13 of the value. From a distance of 64 on the result is 0: a vocabulary of a million such
 * tokens has less than 2e-22 of the mass, far below the 1.1e-16 steps of a random double.
 *
 * <p>The nearest multiple is found by adding 1.5 * 2^52, at which doubles are whole numbers. Conversions between int
 * and double would do as well, but on JDK 17 they can make each turn of a loop wait for the one before.
 */
final class NegativeExp {
    /** Bins by nearest multiple, of which {@link #LIMIT} itself is the last. */
    static final int BINS = 4097;

    private static final double BINS_PER_UNIT = 64;
    private static final double WIDTH = 1 / BINS_PER_UNIT;
    private static final double LIMIT = 64;
    private static final double ROUNDER = 0x1.8p52;
    private static final double[] VALUES = new double[BINS];

    static {
        for (int bin = 0; bin < BINS; bin++) {
            VALUES[bin] = StrictMath.exp(-bin * WIDTH);
        }
    }

    private NegativeExp() {}

    /** The value for a distance that is not negative; 0 for NaN, too. */
    static double of(double distance) {
        if (!inRange(distance)) {
            return 0;
        }
        int bin = bin(distance);
        return VALUES[bin] * withinBin(distance);
    }

    static boolean inRange(double distance) {
        return distance < LIMIT;
    }

    /** The nearest multiple of the width; never falls as the distance grows. Only for a distance in range. */
    static int bin(double distance) {
        return (int) Double.doubleToRawLongBits(distance * BINS_PER_UNIT + ROUNDER);
    }

    /** The value at the bin's multiple. */
    static double ofBin(int bin) {
        return VALUES[bin];
    }

    /** What the value at the bin's multiple is multiplied with. */
    static double withinBin(double distance) {
        double multiple = distance * BINS_PER_UNIT + ROUNDER - ROUNDER;
        double r = multiple * WIDTH - distance;
        double square = r * r; // two short chains run side by side, where one long chain would wait for itself
        return (1 + r) + square * ((1.0 / 2 + r * (1.0 / 6)) + square * (1.0 / 24));
    }
}
