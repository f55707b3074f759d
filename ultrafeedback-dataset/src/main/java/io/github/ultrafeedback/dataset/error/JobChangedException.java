package io.github.ultrafeedback.dataset.error;

import org.jspecify.annotations.Nullable;

/** The folder holds a job with other settings or other input; the message names the first difference. */
public final class JobChangedException extends JobException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no text of rows or answers
     * @param cause what went wrong underneath, or null
     */
    public JobChangedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
