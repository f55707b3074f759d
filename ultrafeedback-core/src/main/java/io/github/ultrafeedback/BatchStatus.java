package io.github.ultrafeedback;

import java.util.Objects;

/**
 * How far a batch is.
 *
 * @param state where it stands
 * @param total requests in it
 * @param completed requests answered
 * @param failed requests that failed
 */
public record BatchStatus(State state, int total, int completed, int failed) {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException if {@code state} is null
     * @throws IllegalArgumentException if a count is negative
     */
    public BatchStatus {
        Objects.requireNonNull(state, "state must not be null");
        Checks.atLeast("total", total, 0, "0 stands for none");
        Checks.atLeast("completed", completed, 0, "0 stands for none");
        Checks.atLeast("failed", failed, 0, "0 stands for none");
    }

    /** Where a batch stands. */
    public enum State {
        /** Waiting or at work. */
        IN_PROGRESS,
        /** Every request has an outcome. */
        COMPLETED,
        /** Refused as a whole. */
        FAILED,
        /** Out of time; what was answered can be collected. */
        EXPIRED,
        /** Stopped on request; what was answered can be collected. */
        CANCELLED;

        /**
         * Whether nothing more will happen.
         *
         * @return false only while in progress
         */
        public boolean ended() {
            return this != IN_PROGRESS;
        }
    }
}
