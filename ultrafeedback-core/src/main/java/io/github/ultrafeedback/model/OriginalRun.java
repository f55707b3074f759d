package io.github.ultrafeedback.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * How one of the published scripts ran one model, beyond the prompt.
 *
 * @param stopStrings the stop strings it passed; where empty, the end-of-sequence token or 1,024 new tokens ended the
 *     answer. No script ever passed stop token ids
 * @param bosTokens how many begin-of-sequence tokens the model read, the one that the prompt spells out included; empty
 *     behind an API, where nobody can tell
 */
public record OriginalRun(List<String> stopStrings, OptionalInt bosTokens) {
    /**
     * Copies the list.
     *
     * @throws NullPointerException if {@code stopStrings} is or holds null
     */
    public OriginalRun {
        stopStrings = List.copyOf(stopStrings);
    }
}
