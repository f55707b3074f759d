package io.github.ultrafeedback.error;

import org.jspecify.annotations.Nullable;

/** The queue of the generator is full. Submit fewer requests at once or raise {@code maxQueued}. */
public final class QueueFullException extends GenerationException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a message and a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     */
    public QueueFullException(String message, @Nullable Throwable cause) {
        super(message, cause, true, Certainty.NOT_SENT);
    }

    /**
     * A failure with a message alone.
     *
     * @param message what happened and what to do; no prompt text, no secret
     */
    public QueueFullException(String message) {
        this(message, null);
    }
}
