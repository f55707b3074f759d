package io.github.ultrafeedback.dataset.internal.journal;

import java.util.Map;

/**
 * How much a journal holds.
 *
 * @param rows rows of the input
 * @param badRows those that cannot be used
 * @param calls calls that all rows ask for
 * @param states how many calls are in each state; a state without calls is missing
 */
public record JournalCounts(long rows, long badRows, long calls, Map<CallState, Long> states) {
    /** Copies the map. */
    public JournalCounts {
        states = Map.copyOf(states);
    }

    /**
     * How many calls are in a state.
     *
     * @param state which
     * @return the number
     */
    public long in(CallState state) {
        return states.getOrDefault(state, 0L);
    }
}
