package io.github.ultrafeedback.dataset;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How one run of a job behaves. May differ from run to run, since no answer hangs on it. Immutable; each {@code withX}
 * returns a copy.
 *
 * @param window how many calls to one model may be in flight: the most that a crash can leave possibly paid. At least
 *     1; 64 by default; a generator's own window bounds it too
 * @param memoryBudget bytes that the models open at once may take. Models that do not fit together run one after the
 *     other, in the order given. No bound by default
 * @param possiblyPaid what to do with calls that were in flight when a run died; {@link PossiblyPaid#ASK_AGAIN} by
 *     default
 * @param acceptAdditions whether the input may have more rows than in the first run, behind the old ones; false by
 *     default: any change is refused
 * @param failureShare gives up when more than this share of the last calls failed; in [0, 1]; 1 never does; 0.5 by
 *     default
 * @param failureWindow how many calls that looks back on; at least 1; 100 by default
 * @param shutdownHook whether a signal such as Ctrl-C ends the run in order: no new calls, those in flight are waited
 *     for. True by default; false leaves signals to the caller, who has {@link GenerationJob#stop}
 * @param drainTimeout how long a run that was asked to stop waits for calls in flight before it cancels them; a minute
 *     by default
 * @param onStart hears what the run found, before its first call, in the run's thread; nobody by default
 */
public record RunOptions(
        int window,
        long memoryBudget,
        PossiblyPaid possiblyPaid,
        boolean acceptAdditions,
        double failureShare,
        int failureWindow,
        boolean shutdownHook,
        Duration drainTimeout,
        Consumer<StartReport> onStart) {
    private static final RunOptions DEFAULTS = new RunOptions(
            64, Long.MAX_VALUE, PossiblyPaid.ASK_AGAIN, false, 0.5, 100, true, Duration.ofMinutes(1), report -> {});

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names the field, the value and the range
     */
    public RunOptions {
        JobChecks.within("window", window, 1, Integer.MAX_VALUE, "1 is one call after the other");
        JobChecks.within("failureWindow", failureWindow, 1, Integer.MAX_VALUE, "100 is the default");
        if (!(failureShare >= 0 && failureShare <= 1)) {
            throw new IllegalArgumentException(
                    "failureShare must be in [0, 1], got " + failureShare + "; 1 never gives up");
        }
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException("drainTimeout must be at least 0, got " + drainTimeout);
        }
        if (memoryBudget < 0) {
            throw new IllegalArgumentException("memoryBudget must be at least 0, got " + memoryBudget);
        }
        Objects.requireNonNull(possiblyPaid, "possiblyPaid must not be null");
        Objects.requireNonNull(onStart, "onStart must not be null");
    }

    /**
     * Good for most runs.
     *
     * @return the defaults
     */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how many calls to one model may be in flight.
     *
     * @param value at least 1
     * @return a copy
     */
    public RunOptions withWindow(int value) {
        return with(draft -> draft.window = value);
    }

    /**
     * Sets what the models open at once may take.
     *
     * @param bytes at least what the largest model takes
     * @return a copy
     */
    public RunOptions withMemoryBudget(long bytes) {
        return with(draft -> draft.memoryBudget = bytes);
    }

    /**
     * Sets what to do with calls that were in flight when a run died.
     *
     * @param value the policy
     * @return a copy
     */
    public RunOptions withPossiblyPaid(PossiblyPaid value) {
        return with(draft -> draft.possiblyPaid = value);
    }

    /**
     * Accepts rows behind those of the first run.
     *
     * @return a copy
     */
    public RunOptions withAdditions() {
        return with(draft -> draft.acceptAdditions = true);
    }

    /**
     * Sets when to give up.
     *
     * @param share in [0, 1]; 1 never gives up
     * @param calls how many calls to look back on, at least 1
     * @return a copy
     */
    public RunOptions withFailureLimit(double share, int calls) {
        return with(draft -> {
            draft.failureShare = share;
            draft.failureWindow = calls;
        });
    }

    /**
     * Leaves signals to the caller.
     *
     * @return a copy
     */
    public RunOptions withoutShutdownHook() {
        return with(draft -> draft.shutdownHook = false);
    }

    /**
     * Sets how long a run that was asked to stop waits.
     *
     * @param value at least zero
     * @return a copy
     */
    public RunOptions withDrainTimeout(Duration value) {
        return with(draft -> draft.drainTimeout = value);
    }

    /**
     * Sets who hears what the run found.
     *
     * @param value called once in each run, by its thread
     * @return a copy
     */
    public RunOptions withOnStart(Consumer<StartReport> value) {
        return with(draft -> draft.onStart = value);
    }

    private RunOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** The values of a copy, while one of them is changed. */
    private static final class Draft {
        private int window;
        private long memoryBudget;
        private PossiblyPaid possiblyPaid;
        private boolean acceptAdditions;
        private double failureShare;
        private int failureWindow;
        private boolean shutdownHook;
        private Duration drainTimeout;
        private Consumer<StartReport> onStart;

        Draft(RunOptions from) {
            window = from.window;
            memoryBudget = from.memoryBudget;
            possiblyPaid = from.possiblyPaid;
            acceptAdditions = from.acceptAdditions;
            failureShare = from.failureShare;
            failureWindow = from.failureWindow;
            shutdownHook = from.shutdownHook;
            drainTimeout = from.drainTimeout;
            onStart = from.onStart;
        }

        RunOptions build() {
            return new RunOptions(
                    window,
                    memoryBudget,
                    possiblyPaid,
                    acceptAdditions,
                    failureShare,
                    failureWindow,
                    shutdownHook,
                    drainTimeout,
                    onStart);
        }
    }
}
