package io.github.ultrafeedback.dataset.error;

import org.jspecify.annotations.Nullable;

/** The journal could not be opened, read or written: it is damaged, of another version, or has no room left. */
public final class JournalException extends JobException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no text of rows or answers
     * @param cause what went wrong underneath, or null
     */
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
