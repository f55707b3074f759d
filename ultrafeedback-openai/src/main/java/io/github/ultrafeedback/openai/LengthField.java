package io.github.ultrafeedback.openai;

/** The field that limits an answer. A server that refuses one by name is asked again with the other, once a model. */
public enum LengthField {
    /** {@code max_tokens}: old servers know no other, new models of OpenAI's refuse it. */
    MAX_TOKENS("max_tokens"),
    /** {@code max_completion_tokens}: every model of OpenAI's takes it; it counts reasoning. */
    MAX_COMPLETION_TOKENS("max_completion_tokens");

    private final String wireName;

    LengthField(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
