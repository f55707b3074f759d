package io.github.ultrafeedback.openai;

/**
 * The seed that a server is sent. Servers store it in 31, 32 or 64 bits, with or without a sign, and some pass it
 * through a double; so 31 bits are sent to all. Seeds that fit stay as they are.
 */
final class WireSeed {
    private WireSeed() {}

    static long of(long seed) {
        return seed >= 0 && seed <= Integer.MAX_VALUE
                ? seed
                : (seed ^ (seed >>> 31) ^ (seed >>> 62)) & Integer.MAX_VALUE;
    }
}
