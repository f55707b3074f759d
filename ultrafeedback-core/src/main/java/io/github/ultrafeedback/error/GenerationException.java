package io.github.ultrafeedback.error;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
    private volatile int attempts;
    private volatile int status;
    private volatile @Nullable String requestId;

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

    /**
     * Adds what is known of the exchange, in the way of {@link #initCause}: a backend calls it once, before the failure
     * reaches a caller.
     *
     * @param attempts how often the request was sent, or 0 where that is not counted
     * @param status the status of the last response, or 0 where there was none
     * @param requestId the server's own id of the last exchange, or null where it gave none; no secret
     * @return this
     * @throws IllegalArgumentException if {@code attempts} or {@code status} is negative
     * @throws IllegalStateException if it was called before
     */
    public final synchronized GenerationException initReport(int attempts, int status, @Nullable String requestId) {
        if (attempts < 0 || status < 0) {
            throw new IllegalArgumentException(
                    "attempts and status must be at least 0, got " + attempts + " and " + status);
        }
        if (this.attempts != 0 || this.status != 0 || this.requestId != null) {
            throw new IllegalStateException("initReport was called before; call it once");
        }
        this.attempts = attempts;
        this.status = status;
        this.requestId = requestId;
        return this;
    }

    /**
     * How often the request was sent.
     *
     * @return the attempts, the last one included; 0 where it was never sent or nobody counted
     */
    public final int attempts() {
        return attempts;
    }

    /**
     * The status of the last response.
     *
     * @return an HTTP status, or empty where there was no response
     */
    public final OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * The server's own id of the last exchange, which its support asks for.
     *
     * @return the id, or empty where the server gave none
     */
    public final Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }
}
