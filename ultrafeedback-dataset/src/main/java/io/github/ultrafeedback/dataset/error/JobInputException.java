package io.github.ultrafeedback.dataset.error;

import org.jspecify.annotations.Nullable;

/** The input as a whole could not be read. A single bad row of it does not end the job. */
public final class JobInputException extends JobException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no text of rows or answers
     * @param cause what went wrong underneath, or null
     */
    public JobInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
