package io.github.ultrafeedback.template;

import java.time.Duration;

/**
 * What one rendering may use, since templates come with downloaded models. All strings that a template makes on the way
 * may hold 16 times {@code outputChars} together.
 *
 * @param outputChars UTF-16 units of the output and of any one string, 1 to 1,000,000,000
 * @param loopIterations loop iterations, and elements of the sequences that the template makes, at least 1
 * @param depth nested calls of macros, blocks and recursive loops, 1 to 1,000
 * @param time wall clock time, positive
 */
public record RenderLimits(int outputChars, long loopIterations, int depth, Duration time) {
    /** 4,000,000 characters, 1,000,000 iterations, 200 calls, 10 seconds. */
    public static final RenderLimits DEFAULT = new RenderLimits(4_000_000, 1_000_000, 200, Duration.ofSeconds(10));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is out of its range
     */
    public RenderLimits {
        if (outputChars < 1 || outputChars > 1_000_000_000) {
            throw new IllegalArgumentException("outputChars must be in [1, 1000000000], got " + outputChars);
        }
        if (loopIterations < 1) {
            throw new IllegalArgumentException("loopIterations must be at least 1, got " + loopIterations);
        }
        if (depth < 1 || depth > 1000) {
            throw new IllegalArgumentException("depth must be in [1, 1000], got " + depth);
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time must be positive, got " + time);
        }
    }
}
