package io.github.ultrafeedback.onnx.internal.model;

/**
 * Cuts a prompt into the runs that fill the cache. The sequential and the batch backend share it, so that both compute
 * the same bits.
 *
 * <p>Two rules, both measured on ONNX Runtime 1.29: a run of at most 64 tokens stays within one query tile of the flash
 * attention kernel (longer runs end in a tile whose last row may take another path), and a run of one token takes the
 * decode path, whose sums differ in the last bits. So chunks have 2 to 64 tokens, and one token only where the prompt
 * has no more. Any two plans that keep these rules give the same logits, bit for bit.
 */
public final class PrefillPlan {
    /** The most tokens of one run. */
    public static final int MAX_CHUNK = 64;

    private PrefillPlan() {}

    /**
     * How many tokens the next run takes.
     *
     * @param remaining tokens of the prompt that are not in the cache yet, at least 1
     * @return the size of the next chunk: 1 only where {@code remaining} is 1
     * @throws IllegalArgumentException if {@code remaining} is below 1
     */
    public static int next(int remaining) {
        if (remaining < 1) {
            throw new IllegalArgumentException("remaining must be at least 1, got " + remaining);
        }
        if (remaining <= MAX_CHUNK) {
            return remaining;
        }
        // One less here rather than a last chunk of one token.
        return remaining == MAX_CHUNK + 1 ? MAX_CHUNK - 1 : MAX_CHUNK;
    }
}
