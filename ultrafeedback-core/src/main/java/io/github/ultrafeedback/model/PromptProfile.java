package io.github.ultrafeedback.model;

/** Which prompts an UltraFeedback model gets. */
public enum PromptProfile {
    /** The format the model was trained on, the original's mistakes mended. The default. */
    SANE,
    /** Byte for byte what the published scripts send, mistakes included. */
    ORIGINAL
}
