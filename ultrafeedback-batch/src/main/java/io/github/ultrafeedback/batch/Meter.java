package io.github.ultrafeedback.batch;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the engine does. Written by the engine thread, read by any. */
final class Meter {
    private final LongAdder steps = new LongAdder();
    private final LongAdder prefilled = new LongAdder();
    private final LongAdder decoded = new LongAdder();
    private final LongAdder prefixHits = new LongAdder();
    private final LongAdder reused = new LongAdder();
    private final LongAdder firstTokens = new LongAdder();
    private final LongAdder firstTokenNanos = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder gapNanos = new LongAdder();
    private volatile int running;
    private volatile int placing;

    /** A step ended with so many sequences in slots, and so many that were taken and have none. */
    void stepped(int inSlots, int withoutSlot) {
        steps.increment();
        running = inSlots;
        placing = withoutSlot;
    }

    void prefilled(int tokens) {
        prefilled.add(tokens);
    }

    void decoded(int tokens) {
        decoded.add(tokens);
    }

    /** A sequence came in with so many positions copied. */
    void reused(int tokens) {
        if (tokens > 0) {
            prefixHits.increment();
            reused.add(tokens);
        }
    }

    /** The first token of a request was drawn so long after it was submitted. */
    void firstToken(long nanos) {
        firstTokens.increment();
        firstTokenNanos.add(nanos);
    }

    /** A choice drew so many tokens after its first, in so much time. */
    void choiceEnded(int tokens, long nanos) {
        gaps.add(tokens);
        gapNanos.add(nanos);
    }

    long reusedTokens() {
        return reused.sum();
    }
}
