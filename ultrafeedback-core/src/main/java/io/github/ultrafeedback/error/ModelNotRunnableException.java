package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** The model is known but no backend can run it, for example a web product without an API. */
public final class ModelNotRunnableException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public ModelNotRunnableException(String message, @Nullable Throwable cause) {
        super(message, cause, false, Certainty.NOT_SENT);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public ModelNotRunnableException(String message) {
        this(message, null);
    }
}
