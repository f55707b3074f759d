package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** Two providers claim the model with equal right. Write the scheme of the one you mean before the model name. */
public final class AmbiguousProviderException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public AmbiguousProviderException(String message, @Nullable Throwable cause) {
        super(message, cause, false, Certainty.NOT_SENT);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public AmbiguousProviderException(String message) {
        this(message, null);
    }
}
