package io.github.ultrafeedback.chat;

/** The formats that are not tied to one of the UltraFeedback models. */
public final class PromptFormats {
    private static final PromptFormat CHATML = new ChatMl("chatml", "");
    private static final PromptFormat SMOLLM2 =
            new ChatMl("smollm2", "You are a helpful AI assistant named SmolLM, trained by Hugging Face");

    private PromptFormats() {}

    /**
     * ChatML without a system text of its own: a conversation without a system message gets no system turn.
     *
     * @return the format of the embedded model, named {@code chatml}
     */
    public static PromptFormat chatMl() {
        return CHATML;
    }

    /**
     * ChatML with the system text that SmolLM2-Instruct was trained on where a conversation has none.
     *
     * @return the format named {@code smollm2}
     */
    public static PromptFormat smolLm2() {
        return SMOLLM2;
    }
}
