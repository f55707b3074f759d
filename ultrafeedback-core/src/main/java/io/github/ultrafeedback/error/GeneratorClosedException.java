package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** The generator was closed before the request was finished. Open a new one. */
public final class GeneratorClosedException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public GeneratorClosedException(String message, @Nullable Throwable cause) {
        super(message, cause, false, Certainty.NOT_SENT);
    }

    /**
     * A failure of a request that may have been at work.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param certainty {@link Certainty#NOT_SENT} where the work had not begun
     */
    public GeneratorClosedException(String message, Certainty certainty) {
        super(message, false, certainty);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public GeneratorClosedException(String message) {
        this(message, Certainty.NOT_SENT);
    }
}
