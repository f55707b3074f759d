package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Ends the work on one sequence, from any thread. It belongs to the sequence and not to the decoder, so a cancel that
 * comes late cannot hit the next sequence and one that comes early is not lost. Once cancelled it stays so.
 */
public final class Cancellation {
    private boolean cancelled;
    private boolean begun; // a run of the sequence was started
    private @Nullable RunOptions running;

    /** A cancellation that nobody has asked for yet. */
    public Cancellation() {}

    /** Ends the running call of the sequence within some milliseconds; every later call on it fails at once. */
    public synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            terminate(running, true);
        }
    }

    /**
     * Whether somebody asked.
     *
     * @return true after {@link #cancel}
     */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Whether the model began on the sequence. Final once {@link #cancel} was called, since no run begins after it.
     *
     * @return {@link Certainty#NOT_SENT} if no run was started, else {@link Certainty#MAYBE_DONE}
     */
    public synchronized Certainty certainty() {
        return begun ? Certainty.MAYBE_DONE : Certainty.NOT_SENT;
    }

    /**
     * Marks that the model begins on the sequence, in runs that it shares with others and that no cancel ends.
     *
     * @return false if somebody asked to end it, so that no run of it may start
     */
    public synchronized boolean tryBegin() {
        begun |= !cancelled;
        return !cancelled;
    }

    /** Binds the next run to this cancellation, or refuses it. */
    synchronized void begin(RunOptions options) {
        if (cancelled) {
            throw exception();
        }
        running = options;
        begun = true;
    }

    /** Lets go of the run. The runtime's flag sticks and would end the next run too, so it is taken back. */
    synchronized void end(RunOptions options) {
        running = null;
        if (cancelled) {
            terminate(options, false);
        }
    }

    GenerationCancelledException exception() {
        return new GenerationCancelledException("The generation was cancelled.", certainty());
    }

    private static void terminate(RunOptions options, boolean terminate) {
        try {
            options.setTerminate(terminate);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refused to change the terminate flag", e);
        }
    }
}
