package io.github.ultrafeedback.openai;

/** Which of the API's two ways to ask is taken. */
public enum Endpoint {
    /** {@code /chat/completions}: the server puts messages into the model's format. */
    CHAT("chat/completions"),
    /** {@code /completions}: we do, with a {@link io.github.ultrafeedback.chat.PromptFormat}; raw prompts go as is. */
    COMPLETIONS("completions");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
