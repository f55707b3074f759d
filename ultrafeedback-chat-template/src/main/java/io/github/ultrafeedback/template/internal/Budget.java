package io.github.ultrafeedback.template.internal;

/** Counts what a rendering uses against its {@link Limits}. One per rendering; not thread-safe. */
final class Budget {
    /** Strings that a template makes on the way may hold this many times the output limit, all together. */
    private static final int WORK = 16;

    private static final int CLOCK_EVERY = 1024;

    private final Limits limits;
    private final long start = System.nanoTime();
    private long chars;
    private long iterations;
    private int sinceClock;
    private int depth;

    Budget(Limits limits) {
        this.limits = limits;
    }

    /** One iteration of a loop or one element made. */
    void step() {
        steps(1);
    }

    void steps(long count) {
        iterations += count;
        if (count > limits.iterations() || iterations > limits.iterations()) {
            throw Failure.limit("the template needs more than " + limits.iterations() + " loop iterations");
        }
        tick();
    }

    /** A string of this many characters is about to be made. */
    void string(long length) {
        if (length > limits.chars()) {
            throw Failure.limit("the template makes a string of more than " + limits.chars() + " characters");
        }
        chars += length;
        if (chars > (long) limits.chars() * WORK) {
            throw Failure.limit("the template makes more than " + (long) limits.chars() * WORK + " characters in all");
        }
        sinceClock += (int) (length >> 12);
        tick();
    }

    /** A string changes its origin this often; each place takes the memory of two characters. */
    void cuts(int count) {
        chars += 2L * count;
    }

    /** About this many characters, or this many values, are looked at without making anything. */
    void work(long size) {
        sinceClock += (int) Math.min(CLOCK_EVERY, size >> 12);
        tick();
    }

    /** The output has this many characters by now. */
    void output(int length) {
        if (length > limits.chars()) {
            throw Failure.limit("the output is longer than " + limits.chars() + " characters");
        }
        tick();
    }

    void enter() {
        if (++depth > limits.depth()) {
            throw Failure.limit("the template nests more than " + limits.depth() + " calls");
        }
    }

    void leave() {
        depth--;
    }

    private void tick() {
        if (++sinceClock >= CLOCK_EVERY) {
            sinceClock = 0;
            if (System.nanoTime() - start > limits.nanos()) {
                throw Failure.limit("the template runs longer than " + limits.nanos() / 1_000_000 + " ms");
            }
        }
    }
}
