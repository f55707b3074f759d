package io.github.ultrafeedback.dataset.error;

import org.jspecify.annotations.Nullable;

/** A file of the job's folder, other than the journal, could not be written or read. */
public final class JobFileException extends JobException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no text of rows or answers
     * @param cause what went wrong underneath, or null
     */
    public JobFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
