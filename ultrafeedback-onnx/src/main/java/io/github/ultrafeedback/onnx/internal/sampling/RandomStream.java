package io.github.ultrafeedback.onnx.internal.sampling;

import io.github.ultrafeedback.seed.Seeds;

/**
 * Random numbers that have an address instead of a state: seed, sample index, position of the token, and a counter
 * within the position. The same address gives the same bits for ever; the values are part of our promise.
 *
 * <p>{@link Seeds#derive(long, long)} turns seed, sample and position into a key; the counter then walks the SplitMix64
 * sequence that starts there (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
 */
final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private RandomStream() {}

    /** The key of one position of one sample. */
    static long key(long seed, int sample, int position) {
        return Seeds.derive(Seeds.derive(seed, sample), position);
    }

    /** 64 random bits. */
    static long bits(long key, long counter) {
        return Seeds.mix(key + GOLDEN_GAMMA * counter);
    }

    /** A double in [0, 1) from the highest 53 bits; the lowest 11 stay unused. */
    static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }
}
