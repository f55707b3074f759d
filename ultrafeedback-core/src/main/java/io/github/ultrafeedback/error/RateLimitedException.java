package io.github.ultrafeedback.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server asks for fewer requests. Try again after {@link #retryAfter()}. */
public final class RateLimitedException extends GenerationException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /**
     * A refusal with the delay that the server asked for.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param retryAfter how long to wait, or null if the server did not say
     */
    public RateLimitedException(String message, @Nullable Duration retryAfter) {
        this(message, retryAfter, Certainty.REFUSED);
    }

    /**
     * The same where more is known of the work: an earlier attempt may have been done.
     *
     * @param message what happened and what to do; no prompt text, no secret
     * @param retryAfter how long to wait, or null if the server did not say
     * @param certainty what is known of the work of all attempts together
     */
    public RateLimitedException(String message, @Nullable Duration retryAfter, Certainty certainty) {
        super(message, true, certainty);
        this.retryAfter = retryAfter;
    }

    /**
     * How long the server asked to wait.
     *
     * @return the delay, or empty if it did not say
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
