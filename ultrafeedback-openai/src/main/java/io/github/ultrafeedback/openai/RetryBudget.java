package io.github.ultrafeedback.openai;

import java.time.Duration;

/**
 * Keeps retries of all prompts together from hammering a server that is down: a bucket of tokens, one a retry. It fills
 * slowly by itself, and by a share of a token with each answer. Where it is empty a retry waits for its token, so no
 * prompt is lost by it. Thread-safe.
 */
final class RetryBudget {
    private static final double CAPACITY = 100;
    private static final double PER_SECOND = 10;
    private static final double PER_ANSWER = 0.2;

    private final Time time;
    private double tokens = CAPACITY;
    private long filledAt;

    RetryBudget(Time time) {
        this.time = time;
        this.filledAt = time.nanos();
    }

    synchronized void answered() {
        tokens = Math.min(CAPACITY, tokens + PER_ANSWER);
    }

    /** Takes a token; returns how long until it is there, zero if it is. */
    synchronized Duration take() {
        long now = time.nanos();
        tokens = Math.min(CAPACITY, tokens + (now - filledAt) / 1e9 * PER_SECOND);
        filledAt = now;
        tokens -= 1;
        return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / PER_SECOND * 1e9));
    }

    /** Gives back a token whose retry was given up. */
    synchronized void giveBack() {
        tokens = Math.min(CAPACITY, tokens + 1);
    }
}
