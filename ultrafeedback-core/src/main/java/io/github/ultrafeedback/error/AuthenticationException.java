package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** The server did not accept the key. Check the key; nothing more should be sent with this one. */
public final class AuthenticationException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public AuthenticationException(String message, @Nullable Throwable cause) {
        this(message, cause, Certainty.REFUSED);
    }

    /**
     * The same where more is known of the work: an earlier attempt may have been done.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     * @param certainty what is known of the work of all attempts together
     */
    public AuthenticationException(String message, @Nullable Throwable cause, Certainty certainty) {
        super(message, cause, false, certainty);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public AuthenticationException(String message) {
        this(message, null);
    }
}
