package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.QueueFullException;
import io.github.ultrafeedback.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread that works on all requests in turns, a token each, as a batch does. That thread alone calls listeners once
 * a request is taken, so that events never overtake each other.
 */
final class FakeEngine implements Runnable {
    private final FakeGenerator.Builder settings;
    private final GeneratorListener listener;
    private final FakeQueue queue;
    private final AtomicInteger taken = new AtomicInteger();
    private final Thread thread = new Thread(this, "fake-generator");
    private RecordingListener.Load told = RecordingListener.Load.NONE;

    FakeEngine(FakeGenerator.Builder settings) {
        this.settings = settings;
        this.listener = settings.options.listener();
        this.queue = new FakeQueue(settings.concurrency, settings.options.maxQueued());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits for the thread, so that all futures and listeners have heard the end. */
    void close() {
        queue.close();
        if (Thread.currentThread().equals(thread)) { // a listener closes its own generator
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) { // the thread ends by itself
            Thread.currentThread().interrupt();
        }
    }

    CompletableFuture<Completion> submit(GenerationRequest request) {
        try {
            checkHonoured(request);
            queue.reserve();
        } catch (QueueFullException full) { // not taken, so nothing to hear
            return CompletableFuture.failedFuture(full);
        } catch (GenerationException refusal) {
            listener.submitted(request);
            return refused(request, refusal);
        }
        listener.submitted(request); // before the other thread knows of the request and tells its start
        int index = taken.getAndIncrement();
        FakeCall call = new FakeCall(request, index, Seeds.derive(settings.seed, index), settings.nanos.getAsLong());
        try {
            queue.add(call);
        } catch (GeneratorClosedException closed) {
            return refused(request, closed);
        }
        CompletableFuture<?> unused = call.future.whenComplete((completion, failure) -> queue.drop(call));
        return call.future;
    }

    private CompletableFuture<Completion> refused(GenerationRequest request, GenerationException refusal) {
        listener.failed(request, refusal);
        return CompletableFuture.failedFuture(refusal);
    }

    private void checkHonoured(GenerationRequest request) {
        settings.refusals.forEach((field, refused) -> {
            if (refused.test(request.params())) {
                throw new InvalidRequestException(field + " is not honoured by this generator; leave it out.");
            }
        });
    }

    @Override
    public void run() {
        List<FakeCall> begun = new ArrayList<>();
        while (queue.await(begun)) {
            endDropped();
            begun.forEach(this::begin);
            begun.clear();
            for (FakeCall call : queue.live()) {
                if (call.runnable()) {
                    step(call);
                }
            }
        }
        endDropped();
        List<FakeCall> atWork = queue.live();
        queue.outstanding().forEach(call -> end(call, null, closed(atWork.contains(call))));
        endDropped();
    }

    private void begin(FakeCall call) {
        tellLoad();
        listener.started(call.request);
        try {
            call.begin(settings.reply(call));
            CompletableFuture<?> unused = call.gate().whenComplete((value, failure) -> queue.wake());
        } catch (RuntimeException | Error e) { // a script of the test's
            end(call, null, failed("script", e));
        }
    }

    private void step(FakeCall call) {
        GenerationException failure = call.scriptedFailure();
        if (call.future.isDone()) {
            end(call, null, cancelled(Certainty.MAYBE_DONE));
        } else if (failure != null) {
            end(call, null, failure);
        } else {
            generate(call);
        }
    }

    private void generate(FakeCall call) {
        try {
            if (call.beginsToSpeak()) {
                listener.firstToken(call.request);
            }
            if (call.step()) {
                end(call, call.completion(settings.model, settings.nanos.getAsLong()), null);
            }
        } catch (RuntimeException | Error e) { // a listener of the caller's: fails its own request alone
            end(call, null, failed("token listener", e));
        }
    }

    private void endDropped() {
        FakeCall call = queue.nextDropped();
        while (call != null) {
            end(call, null, cancelled(Certainty.NOT_SENT));
            call = queue.nextDropped();
        }
    }

    /** The place is free and the end is told before the future completes. */
    private void end(FakeCall call, @Nullable Completion completion, @Nullable GenerationException failure) {
        if (call.endsAgain()) { // cancelled while the generator was closed
            return;
        }
        queue.remove(call);
        tellLoad();
        if (completion != null) {
            listener.finished(call.request, completion);
            call.future.complete(completion);
        } else if (failure != null) {
            listener.failed(call.request, failure);
            call.future.completeExceptionally(failure);
        }
    }

    private void tellLoad() {
        RecordingListener.Load load = queue.load();
        if (!load.equals(told)) {
            told = load;
            listener.load(load.queued(), load.inFlight());
        }
    }

    private static GenerationException failed(String whose, Throwable failure) {
        return new GenerationException(
                "The " + whose + " of this request threw " + failure.getClass().getName() + "; mend it and ask again.",
                failure,
                false,
                Certainty.MAYBE_DONE);
    }

    private static GenerationException closed(boolean begun) {
        return new GeneratorClosedException(
                "The generator was closed before the answer was there.",
                begun ? Certainty.MAYBE_DONE : Certainty.NOT_SENT);
    }

    private static GenerationException cancelled(Certainty certainty) {
        return new GenerationCancelledException("Cancelled before the answer was there; ask again.", certainty);
    }
}
