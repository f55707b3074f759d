package io.github.ultrafeedback.batch;

import java.util.List;

/**
 * What one step does: a token for each of the rows that decode, then some tokens of prompts.
 *
 * @param rows sequences that decode, slots 0 to {@code rows - 1}
 * @param chunks runs over prompts, in order; only the last may leave its prompt unfinished
 */
record Plan(int rows, List<Chunk> chunks) {
    Plan {
        chunks = List.copyOf(chunks);
    }

    /**
     * Some tokens of one prompt.
     *
     * @param sequence whose prompt; it gets a slot first where it has none
     * @param tokens the most tokens to compute; 0 where the prompt is copied whole from another choice's
     */
    record Chunk(Sequence sequence, int tokens) {}

    /** Tokens that go through the model, at most. */
    int tokens() {
        return rows + chunks.stream().mapToInt(Chunk::tokens).sum();
    }

    boolean isEmpty() {
        return rows == 0 && chunks.isEmpty();
    }
}
