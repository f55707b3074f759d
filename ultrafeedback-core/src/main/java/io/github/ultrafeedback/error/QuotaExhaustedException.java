package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** The account has no money or quota left. Trying again does not help until someone pays. */
public final class QuotaExhaustedException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public QuotaExhaustedException(String message, @Nullable Throwable cause) {
        super(message, cause, false, Certainty.REFUSED);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public QuotaExhaustedException(String message) {
        this(message, null);
    }
}
