package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/**
 * The model was found but cannot be loaded: a file is missing or broken, the graph has inputs that nobody can feed, or
 * the native runtime or device is not there.
 */
public final class ModelLoadException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public ModelLoadException(String message, @Nullable Throwable cause) {
        super(message, cause, false, Certainty.NOT_SENT);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public ModelLoadException(String message) {
        this(message, null);
    }
}
