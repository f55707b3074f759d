package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** The answer did not come within the time allowed. */
public final class GenerationTimeoutException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     * @param certainty whether the work may have been done all the same
     */
    public GenerationTimeoutException(String message, @Nullable Throwable cause, Certainty certainty) {
        super(message, cause, true, certainty);
    }
}
