package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** No provider, folder or server knows the model that was asked for. Name another one or add the dependency. */
public final class ModelNotFoundException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public ModelNotFoundException(String message, @Nullable Throwable cause) {
        this(message, cause, Certainty.NOT_SENT);
    }

    /**
     * The same where more is known of the work: an earlier attempt may have been done.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     * @param certainty what is known of the work of all attempts together
     */
    public ModelNotFoundException(String message, @Nullable Throwable cause, Certainty certainty) {
        super(message, cause, false, certainty);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public ModelNotFoundException(String message) {
        this(message, null);
    }
}
