package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.dataset.error.JournalException;
import io.github.ultrafeedback.dataset.internal.journal.CallState;
import io.github.ultrafeedback.dataset.internal.journal.Journal;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import io.github.ultrafeedback.dataset.internal.json.CompletionJson;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.QueueFullException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of some models. Each goes the same way: its intent is written, then it is sent, then its answer or
 * failure is written, then it counts. One thread decides everything; the journal and the generators tell it by events
 * what has happened. So there is nothing to lock, and the order of steps can be read here.
 */
final class CallLoop {
    private static final long LOOK_AHEAD = 4; // windows of planned calls held ready
    private static final long RESUBMIT_MILLIS = 20;

    private final JobSettings settings;
    private final Journal journal;
    private final CallPlan plan;
    private final StopSignal stop;
    private final FailureRate failures;
    private final Lanes lanes;
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private boolean planned; // to the last row
    private long drainedBy; // nanoseconds; counts once a stop was noticed
    private boolean draining;

    CallLoop(JobSettings settings, Journal journal, List<JobModel> models, StopSignal stop, FailureRate failures) {
        this.settings = settings;
        this.journal = journal;
        this.stop = stop;
        this.failures = failures;
        this.lanes = new Lanes(settings, models, events::add);
        this.plan = new CallPlan(settings, journal.reader(), lanes.names());
    }

    void run() {
        stop.wakes(() -> events.add(new CallEvent.Woken()));
        try {
            while (advance()) {
                handle(nextEvent());
            }
        } finally {
            lanes.close();
        }
    }

    /** Starts whatever can start now; false if nothing is left to wait for. */
    private boolean advance() {
        if (stop.requested()) {
            drain();
        } else {
            fill();
            lanes.forEach(this::send);
        }
        return lanes.busy();
    }

    private void fill() {
        while (!planned && lanes.waiting() < LOOK_AHEAD * settings.run.window()) {
            List<PlannedCall> calls = plan.next();
            planned = calls == null;
            if (calls != null) {
                calls.forEach(lanes::add);
            }
        }
    }

    private void send(Lane lane) {
        lanes.openIfNeeded(lane);
        while (!lane.turnedAway.isEmpty() && submit(lane, lane.turnedAway.peek())) {
            lane.turnedAway.remove();
        }
        while (lane.turnedAway.isEmpty() && !lane.waiting.isEmpty() && lane.hasRoom(settings.run.window())) {
            PlannedCall call = lane.waiting.remove();
            lane.inFlight++;
            CompletableFuture<?> unused = append(new JournalEntry.Intent(call.address()))
                    .whenComplete((nothing, failure) -> events.add(new CallEvent.Intended(lane, call, failure)));
        }
    }

    /** False if the generator's queue is full. */
    private boolean submit(Lane lane, PlannedCall call) {
        CompletableFuture<Completion> future;
        try {
            Generator generator = Objects.requireNonNull(lane.generator, "generator");
            future = Objects.requireNonNull(generator.submit(call.request()), "submit returned null");
        } catch (RuntimeException e) { // a backend that throws owes a failed future
            future = CompletableFuture.failedFuture(e);
        }
        if (future.isCompletedExceptionally() && Failures.of(future) instanceof QueueFullException) {
            return false;
        }
        lane.submitted.put(call, future);
        CompletableFuture<?> unused = future.whenComplete(
                (completion, failure) -> events.add(new CallEvent.Ended(lane, call, completion, failure)));
        return true;
    }

    private CallEvent nextEvent() {
        long wait = lanes.turnedAway() ? TimeUnit.MILLISECONDS.toNanos(RESUBMIT_MILLIS) : Long.MAX_VALUE;
        if (draining && !lanes.cancelled()) {
            wait = Math.min(wait, Math.max(1, drainedBy - System.nanoTime()));
        }
        try {
            CallEvent event = events.poll(wait, TimeUnit.NANOSECONDS);
            return event == null ? new CallEvent.Woken() : event;
        } catch (InterruptedException e) {
            stop.interrupted();
            return new CallEvent.Woken();
        }
    }

    private void handle(CallEvent event) {
        if (event instanceof CallEvent.Opened opened) {
            handle(opened);
        } else if (event instanceof CallEvent.Intended intended) {
            refuseBroken(intended.failure());
            intended(intended.lane(), intended.call());
        } else if (event instanceof CallEvent.Ended ended) {
            ended.lane().submitted.remove(ended.call());
            ended(ended);
        } else if (event instanceof CallEvent.Written written) {
            refuseBroken(written.failure());
            written.lane().inFlight--;
        }
    }

    private void handle(CallEvent.Opened opened) {
        Lane lane = opened.lane();
        lane.opening = null;
        lane.generator = opened.generator();
        if (opened.failure() != null) {
            stop.request(
                    JobReport.End.BLOCKED,
                    "Model " + lane.model.id() + " could not be opened.",
                    Failures.unwrap(opened.failure()));
        }
    }

    private void intended(Lane lane, PlannedCall call) {
        if (stop.requested()) {
            revoke(lane, call);
        } else if (!lane.turnedAway.isEmpty() || !submit(lane, call)) {
            lane.turnedAway.add(call);
        }
    }

    private void ended(CallEvent.Ended ended) {
        Completion completion = ended.completion();
        PlannedCall call = ended.call();
        if (completion != null) {
            String raw = CompletionJson.write(completion);
            write(ended.lane(), new JournalEntry.Answer(call.address(), call.principle(), call.system(), raw));
            count(false);
            return;
        }
        GenerationException failure = Failures.typed(ended.failure());
        boolean nothingDone = failure.certainty() != Certainty.MAYBE_DONE;
        boolean endedByUs = stop.requested() && Failures.isOurs(failure);
        if (Failures.blocks(failure)) {
            stop.request(JobReport.End.BLOCKED, "Model " + ended.lane().model.id() + " refuses every call.", failure);
        }
        if (nothingDone && (Failures.blocks(failure) || endedByUs)) {
            revoke(ended.lane(), call);
        } else if (endedByUs) {
            ended.lane().inFlight--; // stays intended, and is named when the job goes on
        } else {
            write(ended.lane(), Failures.entry(call.address(), failure, settings.clock));
            count(true);
        }
    }

    private void count(boolean failed) {
        if (failures.add(failed)) {
            stop.request(JobReport.End.TOO_MANY_FAILURES, "Too many calls failed: " + failures + ".", null);
        }
    }

    private void drain() {
        if (!draining) {
            draining = true;
            drainedBy = System.nanoTime() + settings.run.drainTimeout().toNanos();
            lanes.forgetWaiting();
        }
        lanes.forEach(lane -> {
            while (!lane.turnedAway.isEmpty()) {
                revoke(lane, lane.turnedAway.remove());
            }
        });
        if (drainedBy - System.nanoTime() <= 0) {
            lanes.cancel();
        }
    }

    /** The call was not sent: it is planned again, or still possibly paid for in an earlier run. */
    private void revoke(Lane lane, PlannedCall call) {
        if (call.possiblyPaid()) {
            lane.inFlight--;
            return;
        }
        write(lane, new JournalEntry.State(call.address(), CallState.PLANNED));
    }

    private void write(Lane lane, JournalEntry entry) {
        CompletableFuture<?> unused =
                append(entry).whenComplete((nothing, failure) -> events.add(new CallEvent.Written(lane, failure)));
    }

    private CompletableFuture<Void> append(JournalEntry entry) {
        return journal.append(List.of(entry));
    }

    private static void refuseBroken(@Nullable Throwable failure) {
        if (failure != null) {
            throw Failures.unwrap(failure) instanceof JournalException known
                    ? known
                    : new JournalException("the journal failed; see the cause", failure);
        }
    }
}
