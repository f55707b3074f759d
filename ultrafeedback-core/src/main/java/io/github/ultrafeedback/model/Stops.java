package io.github.ultrafeedback.model;

import java.util.List;

/**
 * Where a model's answer ends, beside the end-of-sequence token that its own configuration names.
 *
 * @param strings texts at whose first occurrence the answer ends; may be empty
 * @param tokenIds tokens at which it ends, in the vocabulary of the model's own tokenizer; may be empty
 */
public record Stops(List<String> strings, List<Integer> tokenIds) {
    /**
     * Copies both lists.
     *
     * @throws NullPointerException if a list is or holds null
     */
    public Stops {
        strings = List.copyOf(strings);
        tokenIds = List.copyOf(tokenIds);
    }

    static Stops none() {
        return new Stops(List.of(), List.of());
    }

    static Stops ofTokens(Integer... tokenIds) {
        return new Stops(List.of(), List.of(tokenIds));
    }
}
