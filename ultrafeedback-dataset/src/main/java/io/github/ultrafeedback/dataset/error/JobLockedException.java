package io.github.ultrafeedback.dataset.error;

import org.jspecify.annotations.Nullable;

/** Another process, or another part of this one, works on the same folder; the message says who. */
public final class JobLockedException extends JobException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no text of rows or answers
     * @param cause what went wrong underneath, or null
     */
    public JobLockedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
