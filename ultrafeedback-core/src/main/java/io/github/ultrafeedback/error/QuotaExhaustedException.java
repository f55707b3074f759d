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
        this(message, cause, Certainty.REFUSED);
    }

    /**
     * The same where more is known of the work: an earlier attempt may have been done.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     * @param certainty what is known of the work of all attempts together
     */
    public QuotaExhaustedException(String message, @Nullable Throwable cause, Certainty certainty) {
        super(message, cause, false, certainty);
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
