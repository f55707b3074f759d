package io.github.ultrafeedback.dataset.error;

import org.jspecify.annotations.Nullable;

/**
 * The job as a whole cannot go on. Subclasses are split by what the caller can do. What was answered before stays in
 * the journal. A message never holds the text of a row or an answer.
 */
public abstract sealed class JobException extends RuntimeException
        permits JobChangedException, JobFileException, JobInputException, JobLockedException, JournalException {
    private static final long serialVersionUID = 1L;

    JobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
