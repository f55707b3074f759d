package io.github.ultrafeedback.dataset;

/** How many of the last calls failed. A ring of bits and their sum. For one thread. */
final class FailureRate {
    private final double share;
    private final boolean[] failed;
    private int next;
    private boolean full;
    private int failures;

    FailureRate(double share, int calls) {
        this.share = share;
        this.failed = new boolean[calls];
    }

    /** Counts a call; true if too many failed. Says nothing before the window is full. */
    boolean add(boolean callFailed) {
        failures += (callFailed ? 1 : 0) - (failed[next] ? 1 : 0);
        failed[next] = callFailed;
        next = (next + 1) % failed.length;
        full |= next == 0;
        return full && failures > share * failed.length;
    }

    @Override
    public String toString() {
        return failures + " of the last " + failed.length + " calls failed";
    }
}
