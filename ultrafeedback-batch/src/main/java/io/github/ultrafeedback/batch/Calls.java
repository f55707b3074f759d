package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What happens to calls: tells the listener, ends each call once and completes its future. Thread-safe; the engine's
 * thread only hands events to the calls' lanes.
 */
final class Calls {
    private final Inbox inbox;
    private final GeneratorListener listener;
    private final Meter meter;
    private final BiFunction<Call, List<Choice>, Completion> completions;

    /** Takes what makes a completion of a call and its choices. */
    Calls(
            Inbox inbox,
            GeneratorListener listener,
            Meter meter,
            BiFunction<Call, List<Choice>, Completion> completions) {
        this.inbox = inbox;
        this.listener = listener;
        this.meter = meter;
        this.completions = completions;
    }

    Meter meter() {
        return meter;
    }

    /** The model begins on a call. Engine thread. */
    void started(Call call) {
        handOver(call, () -> {
            boolean unused = call.job().tell(() -> listener.started(call.job().request()));
            inbox.report(listener);
        });
    }

    /** Runs a task on the call's lane. Where there is no thread or memory for it, that call fails and no other. */
    void handOver(Call call, Runnable task) {
        try {
            call.lane().execute(task);
        } catch (RuntimeException | Error e) { // "unable to create native thread", for one
            fail(call, e);
        }
    }

    /** The first token of a call was drawn. Engine thread. */
    void firstToken(Call call) {
        meter.firstToken(System.nanoTime() - call.submittedNanos());
        handOver(call, () -> {
            boolean unused =
                    call.job().tell(() -> listener.firstToken(call.job().request()));
        });
    }

    /** A choice has ended, and perhaps its call with it. On the call's lane. */
    void ended(Call call, Choice choice) {
        List<Choice> choices = call.ended(choice);
        if (choices == null) {
            return;
        }
        Completion completion = completions.apply(call, choices);
        call.cancel(); // nothing of it is wanted any more
        leave(call); // before the caller wakes up, so that the gauges it reads are those after its request
        if (call.job().end(() -> listener.finished(call.job().request(), completion))) {
            call.job().future().complete(completion);
        }
    }

    /** Fails a call, if it has not ended. Not the engine's thread, unless no other can be had. */
    void fail(Call call, Throwable cause) {
        call.cancel();
        GenerationException typed = cause instanceof GenerationException known ? known : engineFailed(cause);
        leave(call);
        if (call.job().end(() -> listener.failed(call.job().request(), typed))) {
            call.job().future().completeExceptionally(typed);
        }
    }

    static GenerationException engineFailed(Throwable cause) {
        return new GenerationException(
                "The engine failed with " + cause.getClass().getName() + "; see the cause.",
                cause,
                false,
                Certainty.MAYBE_DONE);
    }

    private void leave(Call call) {
        inbox.leave(call);
        inbox.report(listener);
    }
}
