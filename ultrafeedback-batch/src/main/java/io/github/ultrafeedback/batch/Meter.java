package io.github.ultrafeedback.batch;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the engine does. Written by the engine's thread, read by any. */
final class Meter {
    private final LongAdder steps = new LongAdder();
    private final LongAdder prefilled = new LongAdder();
    private final LongAdder drawn = new LongAdder();
    private final LongAdder prefixHits = new LongAdder();
    private final LongAdder reused = new LongAdder();
    private final LongAdder firstTokens = new LongAdder();
    private final LongAdder firstTokenNanos = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder gapNanos = new LongAdder();
    private volatile int running;

    /** A step ended with so many sequences in slots. */
    void stepped(int inSlots) {
        steps.increment();
        running = inSlots;
    }

    /** Prompt tokens went through the model. */
    void prefilled(int tokens) {
        prefilled.add(tokens);
    }

    /** A token was drawn. */
    void drew() {
        drawn.increment();
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

    BatchStats stats(int slots, int waiting) {
        return new BatchStats(
                slots,
                running,
                waiting,
                steps.sum(),
                prefilled.sum(),
                drawn.sum(),
                prefixHits.sum(),
                reused.sum(),
                mean(firstTokenNanos.sum(), firstTokens.sum()),
                mean(gapNanos.sum(), gaps.sum()));
    }

    private static Duration mean(long nanos, long count) {
        return count == 0 ? Duration.ZERO : Duration.ofNanos(nanos / count);
    }
}
