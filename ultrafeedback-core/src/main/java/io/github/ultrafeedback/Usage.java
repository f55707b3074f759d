package io.github.ultrafeedback;

/**
 * Tokens that one request took.
 *
 * @param promptTokens tokens of the prompt, counted once whatever n is
 * @param completionTokens tokens of all choices together, reasoning included
 * @param cachedTokens those of {@code promptTokens} that a cache served
 * @param reasoningTokens those of {@code completionTokens} that do not show in the text
 */
public record Usage(int promptTokens, int completionTokens, int cachedTokens, int reasoningTokens) {
    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if a count is negative
     */
    public Usage {
        Checks.atLeast("promptTokens", promptTokens, 0, "0 stands for none or not known");
        Checks.atLeast("completionTokens", completionTokens, 0, "0 stands for none or not known");
        Checks.atLeast("cachedTokens", cachedTokens, 0, "0 stands for none or not known");
        Checks.atLeast("reasoningTokens", reasoningTokens, 0, "0 stands for none or not known");
    }

    /**
     * Usage without cache and reasoning.
     *
     * @param promptTokens tokens of the prompt
     * @param completionTokens tokens of all choices together
     * @return the counts
     */
    public static Usage of(int promptTokens, int completionTokens) {
        return new Usage(promptTokens, completionTokens, 0, 0);
    }

    /**
     * All tokens.
     *
     * @return prompt and completion together
     */
    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
