package io.github.ultrafeedback.error;

/** The prompt leaves no room in the model's context for the answer. Shorten it, or allow truncation. */
public final class PromptTooLongException extends GenerationException {
    private static final long serialVersionUID = 1L;

    private final int promptTokens;
    private final int contextLength;

    /**
     * A prompt that does not fit.
     *
     * @param message what happened and what to do; no prompt text
     * @param promptTokens length of the prompt in tokens, or -1 where only the server knows
     * @param contextLength the model's context in tokens, or -1 where only the server knows
     * @param certainty {@link Certainty#NOT_SENT} where we found it, {@link Certainty#REFUSED} where a server did
     */
    public PromptTooLongException(String message, int promptTokens, int contextLength, Certainty certainty) {
        super(message, false, certainty);
        this.promptTokens = promptTokens;
        this.contextLength = contextLength;
    }

    /**
     * Length of the prompt.
     *
     * @return tokens, or -1 where only the server knows
     */
    public int promptTokens() {
        return promptTokens;
    }

    /**
     * The model's context.
     *
     * @return tokens of prompt and answer together, or -1 where only the server knows
     */
    public int contextLength() {
        return contextLength;
    }
}
