package io.github.ultrafeedback.openai;

/**
 * How many requests may be at work at once: less when the server asks for less, more as it answers. Of the refusals of
 * one burst the first counts, and those of requests that were sent before it was heard do not. Not thread-safe.
 */
final class AdaptiveLimit {
    private static final int SUCCESSES_A_STEP = 25;

    private int most;
    private int limit;
    private int successes;
    private int bursts;

    AdaptiveLimit(int most) {
        this.most = most;
        this.limit = most;
    }

    int limit() {
        return limit;
    }

    /** Stands for the moment, to be kept by a request that is sent now. */
    int moment() {
        return bursts;
    }

    void succeeded() {
        successes++;
        if (successes >= SUCCESSES_A_STEP) {
            successes = 0;
            limit = limit < most ? limit + 1 : most;
        }
    }

    /** The server asked for less; takes the moment at which the request was sent. */
    void refused(int sentAt) {
        if (sentAt != bursts) {
            return;
        }
        bursts++;
        successes = 0;
        limit = Math.max(1, (int) (limit * 0.75));
    }

    /** Sets how far the limit may grow; one that nothing had lowered follows at once. */
    void most(int newMost) {
        limit = limit == most ? newMost : Math.min(limit, newMost);
        most = newMost;
    }
}
