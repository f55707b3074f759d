package io.github.ultrafeedback.seed;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A stable hash from a seed and the name of what is drawn to another seed. The result depends on nothing else, so a
 * draw is the same in any order, on any thread and after any restart. Stateless.
 *
 * <p>Bytes are folded with FNV-1a (64 bits) and mixed with the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014). The values are part of our promise: a recorded seed must reproduce
 * its completion in every later version.
 */
public final class Seeds {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Seeds() {}

    /**
     * A seed for what a list of names addresses.
     *
     * @param seed the seed of the whole
     * @param names what is drawn, from the general to the special, for example row id and model; the borders between
     *     names count, so {@code ("ab", "c")} and {@code ("a", "bc")} differ
     * @return any 64-bit value
     * @throws NullPointerException if a name is null
     */
    public static long derive(long seed, String... names) {
        long hash = mix(seed);
        for (String name : names) {
            hash = mix(hash ^ fold(Objects.requireNonNull(name, "names must not hold null")));
        }
        return hash;
    }

    /**
     * A seed for the i-th of a kind.
     *
     * @param seed the seed of the whole
     * @param index which one; any value
     * @return any 64-bit value
     */
    public static long derive(long seed, long index) {
        return mix(mix(seed) + 0x9e3779b97f4a7c15L * (index + 1));
    }

    /**
     * Mixes the bits of one value, so that close inputs give unrelated outputs; a bijection.
     *
     * @param value any value
     * @return the mixed value
     */
    public static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static long fold(String name) {
        long hash = FNV_OFFSET;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
