package io.github.ultrafeedback.openai;

import java.time.Duration;

/**
 * Spreads what a server allows per minute, requests or tokens, over the minute.
 *
 * <p>A bucket that holds little: servers count by buckets, by fixed or by sliding minutes, and all three are content
 * with {@link #SHARE} of the limit, evenly spread, and {@link #BURST} of it at once, since both together stay below it
 * in every minute. What costs more than the bucket holds goes when it is full, and leaves a debt. Not thread-safe.
 */
final class Pace {
    private static final double SHARE = 0.95;
    private static final double BURST = 0.03;
    private static final double NANOS_A_MINUTE = 60e9;
    private static final double ROUNDING = 1e-6;
    private static final Duration LONGEST_MINUTE = Duration.ofSeconds(61); // servers round up

    private long set;
    private long learnt;
    private double balance;
    private long filledAt;

    /** The limit that the user set, 0 for none. */
    void set(long limit, long now) {
        change(limit, learnt, now);
    }

    /** Forgets what was learnt. */
    void forget(long now) {
        change(set, 0, now);
    }

    /**
     * Learns from a response to a request that was sent when said. A limit that takes longer than a minute to be whole
     * again counts by the hour or day: then there is nothing to spread. Each response says so anew, since one that
     * speaks of a day may come between others.
     */
    void learn(RateHeaders.Reading reading, long sentAt, long now) {
        Duration reset = reading.reset();
        boolean longer = reset != null && reset.compareTo(LONGEST_MINUTE) > 0;
        change(set, longer ? 0 : reading.limit(), now);
        if (!longer && reading.remaining() >= 0 && limit() == reading.limit()) {
            balance = Math.min(balance, reading.remaining() + rate() * (now - sentAt)); // others ask there, too
        }
    }

    private void change(long newSet, long newLearnt, long now) {
        if (newSet == set && newLearnt == learnt) {
            return;
        }
        fill(now);
        boolean first = limit() == 0;
        set = newSet;
        learnt = newLearnt;
        balance = first ? capacity() : Math.min(balance, capacity());
    }

    /** What holds per minute; 0 for no limit. */
    long limit() {
        return set == 0 || learnt == 0 ? Math.max(set, learnt) : Math.min(set, learnt);
    }

    /** Whether something of this cost can never go. */
    boolean never(TokenEstimate cost) {
        return (set > 0 && cost.total() > set) || (learnt > 0 && cost.certain() > learnt);
    }

    /** Nanoseconds until something of this cost may go; 0 for now. */
    long waitFor(long cost, long now) {
        if (limit() == 0) {
            return 0;
        }
        fill(now);
        double lacking = Math.min((double) cost, capacity()) - balance;
        return lacking <= ROUNDING ? 0 : (long) Math.ceil(lacking / rate()) + 1;
    }

    void take(long cost) {
        balance -= limit() == 0 ? 0 : cost;
    }

    /** What the server did not count. */
    void giveBack(long cost) {
        balance = Math.min(capacity(), balance + (limit() == 0 ? 0 : cost));
    }

    private void fill(long now) {
        if (limit() > 0) {
            balance = Math.min(capacity(), balance + rate() * Math.max(0, now - filledAt));
        }
        filledAt = now;
    }

    private double rate() {
        return limit() * SHARE / NANOS_A_MINUTE;
    }

    private double capacity() {
        return Math.max(1, limit() * BURST);
    }
}
