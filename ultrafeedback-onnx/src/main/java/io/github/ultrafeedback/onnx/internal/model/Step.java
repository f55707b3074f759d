package io.github.ultrafeedback.onnx.internal.model;

/**
 * The lengths of one run. GroupQueryAttention takes {@code total == count} for the first prompt and then writes over
 * the cache from position 0, without a word; so the total is never given but always computed, and equals the count only
 * where there is no past.
 *
 * @param past tokens in the cache before the run, 0 or more
 * @param count tokens of the run, 1 to {@link PrefillPlan#MAX_CHUNK}
 * @param capacity the most tokens the cache can hold
 */
record Step(int past, int count, int capacity) {
    Step {
        if (past < 0) {
            throw new IllegalArgumentException("past must be at least 0, got " + past);
        }
        if (count < 1 || count > PrefillPlan.MAX_CHUNK) {
            throw new IllegalArgumentException("count must be in [1, " + PrefillPlan.MAX_CHUNK + "], got " + count);
        }
        if (past > capacity - count) {
            throw new IllegalStateException("The context is full: " + past + " + " + count + " tokens, room for "
                    + capacity + ". Finish the sequence before.");
        }
    }

    /** Tokens in the cache after the run: {@code total_sequence_length}. */
    int total() {
        return past + count;
    }

    /** What GroupQueryAttention calls {@code seqlens_k}: index of the last position after the run, never negative. */
    int seqlensK() {
        return total() - 1;
    }
}
