package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.onnx.internal.generation.Job;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A request in the batch: its job, its prompt in tokens, and the choices that have ended. Thread-safe but for these.
 */
final class Call {
    private final Job job;
    private final int[] promptIds;
    private final int dropped;
    private final Executor lane;
    private final long submittedNanos = System.nanoTime();
    private final @Nullable Choice[] choices; // touched by the lane alone
    private int open;
    private boolean begun; // guarded by this
    private volatile boolean over;

    /** Takes the prompt as the model reads it, how many tokens it lost to truncation, and where events are told. */
    Call(Job job, int[] promptIds, int dropped, Executor lane) {
        this.job = job;
        this.promptIds = promptIds;
        this.dropped = dropped;
        this.lane = lane;
        this.choices = new Choice[job.params().n()];
        this.open = choices.length;
    }

    Job job() {
        return job;
    }

    int[] promptIds() {
        return promptIds;
    }

    int dropped() {
        return dropped;
    }

    Executor lane() {
        return lane;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    /** Nobody wants more of it: the engine drops it at its next step. */
    synchronized void cancel() {
        over = true;
    }

    boolean over() {
        return over;
    }

    /** The model begins on it. Returns true the first time, unless it was cancelled before. */
    synchronized boolean begin() {
        if (over || begun) {
            return false;
        }
        begun = true;
        return true;
    }

    /** Whether the model began on it. Final once it was cancelled. */
    synchronized Certainty certainty() {
        return begun ? Certainty.MAYBE_DONE : Certainty.NOT_SENT;
    }

    /** A choice has ended. Returns all of them with the last one, null before. */
    @Nullable List<Choice> ended(Choice choice) {
        choices[choice.index()] = choice;
        return --open == 0
                ? Arrays.asList(choices).stream().map(Choice.class::cast).toList()
                : null;
    }
}
