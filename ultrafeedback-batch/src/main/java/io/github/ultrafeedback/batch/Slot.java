package io.github.ultrafeedback.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One row of the cache. It keeps the prompt of its last sequence after that has left, as a source of prefixes, until
 * another writes over it.
 */
final class Slot {
    private static final int[] NOTHING = {};

    private int[] prompt = NOTHING;
    private int computed;
    private int touched;
    private long usedAt;
    private @Nullable Sequence occupant;

    @Nullable Sequence occupant() {
        return occupant;
    }

    void occupy(@Nullable Sequence sequence) {
        occupant = sequence;
    }

    /** The prompt whose first {@link #computed} positions lie here. */
    int[] prompt() {
        return prompt;
    }

    /** Positions that prefill computed, here or where they were copied from; decoded ones do not count. */
    int computed() {
        return computed;
    }

    void hold(int[] newPrompt, int newComputed, long now) {
        prompt = newPrompt;
        computed = newComputed;
        usedAt = now;
        touch(newComputed);
    }

    void forget() {
        prompt = NOTHING;
        computed = 0;
        usedAt = 0;
    }

    /** When a sequence last wrote or read here, in placements. */
    long usedAt() {
        return usedAt;
    }

    void used(long now) {
        usedAt = now;
    }

    /** Positions that were ever written: their memory is taken and stays so. */
    int touched() {
        return touched;
    }

    void touch(int positions) {
        touched = Math.max(touched, positions);
    }

    /** How many leading positions hold what another prompt begins with. */
    int shared(int[] other) {
        int most = Math.min(computed, other.length);
        int mismatch = Arrays.mismatch(prompt, 0, most, other, 0, most);
        return mismatch < 0 ? most : mismatch;
    }
}
