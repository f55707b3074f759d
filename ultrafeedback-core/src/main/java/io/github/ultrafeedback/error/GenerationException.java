package io.github.ultrafeedback.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The failure of one prompt, or of opening a generator. Subclasses are split by what the caller can do; a backend of
 * one's own may add more.
 *
 * <p>A message names the setting or field, the value, the allowed range and the fix; it never holds a key, a prompt or
 * a completion.
 */
public class GenerationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final Certainty certainty;

    /**
     * A failure with a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param cause what went wrong underneath, or null
     * @param retryable whether the same request may succeed later, unchanged
     * @param certainty whether the work may have been done all the same
     * @throws NullPointerException if {@code certainty} is null
     */
    public GenerationException(String message, @Nullable Throwable cause, boolean retryable, Certainty certainty) {
        super(message, cause);
        this.retryable = retryable;
        this.certainty = Objects.requireNonNull(certainty, "certainty must not be null");
    }

    /**
     * A failure without a cause.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param retryable whether the same request may succeed later, unchanged
     * @param certainty whether the work may have been done all the same
     */
    public GenerationException(String message, boolean retryable, Certainty certainty) {
        this(message, null, retryable, certainty);
    }

    /**
     * Whether the same request may succeed later, unchanged.
     *
     * @return false where only a change by the caller helps
     */
    public final boolean retryable() {
        return retryable;
    }

    /**
     * Whether the work may have been done, and paid for, in spite of the failure.
     *
     * @return what is known
     */
    public final Certainty certainty() {
        return certainty;
    }
}
