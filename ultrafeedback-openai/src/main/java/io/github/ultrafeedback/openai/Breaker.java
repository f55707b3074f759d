package io.github.ultrafeedback.openai;

import java.time.Duration;

/**
 * Lets an endpoint rest that fails and fails, then tries it with one request at a time until one is answered. Not
 * thread-safe.
 */
final class Breaker {
    private static final int FAILURES = 5;
    private static final long FIRST_REST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_REST = Duration.ofSeconds(30).toNanos();

    private int failures;
    private long rest;
    private long restsUntil;
    private boolean probing;

    /** Whether it rests, or is being tried. */
    boolean open() {
        return rest > 0;
    }

    /** Nanoseconds until a request may go; 0 for now, {@link Long#MAX_VALUE} while one tries it. */
    long waitFor(long now) {
        if (!open()) {
            return 0;
        }
        return probing ? Long.MAX_VALUE : Math.max(0, restsUntil - now);
    }

    /** A request goes; returns whether it is the one that tries. */
    boolean sent() {
        probing = open();
        return probing;
    }

    /** The endpoint answered, be it with a refusal. */
    void alive() {
        failures = 0;
        rest = 0;
        probing = false;
    }

    /** The endpoint failed; of those at work while it rests only the one that tries it counts. */
    void failed(boolean probe, long now) {
        failures++;
        if (probe || (!open() && failures >= FAILURES)) {
            rest = open() ? Math.min(LONGEST_REST, rest * 2) : FIRST_REST;
            restsUntil = now + rest;
            probing = false;
        }
    }

    /** A request ended that says nothing about the endpoint. */
    void unknown(boolean probe) {
        probing &= !probe;
    }
}
