package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.onnx.internal.model.PrefillPlan;

/**
 * The rule of {@link PrefillPlan} under a limit: a run takes 2 to 64 tokens, and one only where the prompt has no more,
 * so that every cut of a prompt gives the same bits.
 */
final class Chunks {
    /** The most tokens of one run. */
    static final int MOST = PrefillPlan.MAX_CHUNK;

    /** The least limit under which every prompt gets on: 3 tokens cannot be cut under a limit of 2. */
    static final int LEAST = 3;

    private Chunks() {}

    /** Tokens of the next run, at most {@code limit}; 0 where the limit is too low for a legal run. */
    static int next(int missing, int limit) {
        if (missing <= Math.min(limit, MOST)) {
            return missing;
        }
        int count = Math.min(limit, MOST);
        if (missing - count == 1) { // one less here rather than a last run of one token
            count--;
        }
        return count < 2 ? 0 : count;
    }
}
