package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.QueueFullException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks OpenAI, or a server that speaks its API. Many requests are at work at once, and none holds a thread.
 *
 * <p>Failures are tried again where that can help, by the server's own delays; what money, key or model make hopeless
 * ends the run: all that waits fails with that cause and nothing more is sent. Seeds are best effort: the server
 * decides. A request with a {@link io.github.ultrafeedback.TokenListener} is streamed; once it has heard text, it is
 * not tried again. Safe for concurrent use.
 */
public final class OpenAiGenerator implements Generator {
    private static final int READY = 256; // requests of one caller that wait behind those at work

    private final ModelRef model;
    private final GeneratorOptions options;
    private final ChatStack stack;
    private final Ambient ambient;
    private final GeneratorListener listener;
    private final JobQueue queue;

    OpenAiGenerator(ModelRef model, GeneratorOptions options, ChatStack stack, Ambient ambient) {
        this.model = model;
        this.options = options;
        this.stack = stack;
        this.ambient = ambient;
        this.listener = GeneratorListener.safe(options.listener());
        this.queue = new JobQueue(options.maxQueued(), stack.settings().maxInFlight(), listener);
    }

    /**
     * Opens a model. Nothing is sent yet.
     *
     * @param model the model, by the name that the server knows it by
     * @param options settings; those of type {@link OpenAiSettings} are taken, other backends' are passed over
     * @return a generator that the caller closes
     * @throws io.github.ultrafeedback.error.AuthenticationException if a key is needed and there is none
     * @throws io.github.ultrafeedback.error.InvalidRequestException if a setting cannot be used; the message names it
     */
    public static OpenAiGenerator open(ModelRef model, GeneratorOptions options) {
        return open(model, options, Ambient.system());
    }

    static OpenAiGenerator open(ModelRef model, GeneratorOptions options, Ambient ambient) {
        try {
            return new OpenAiGenerator(model, options, ChatStack.build(model, options, ambient), ambient);
        } catch (RuntimeException | Error e) {
            ambient.time().close();
            throw e;
        }
    }

    @Override
    public ModelRef model() {
        return model;
    }

    /** All that may be at work and some behind them, but three quarters of the queue at most. */
    @Override
    public int window() {
        long wanted = (long) stack.settings().maxInFlight() + READY;
        return (int) Math.max(1, Math.min(wanted, options.maxQueued() * 3L / 4));
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        Objects.requireNonNull(request, "request must not be null");
        Job job = new Job(request, effective(request.params()), listener, ambient.time());
        CompletableFuture<?> unused = job.future().whenComplete((completion, failure) -> {
            if (job.future().isCancelled()) {
                cancel(job);
            }
        });
        try {
            ApiFailure end = stack.runEnd().cause();
            if (end != null && !queue.closed()) {
                throw FailureMessages.afterEnd(end, job.call(), ambient.time().now());
            }
            stack.check(request);
        } catch (GenerationException e) {
            return refused(job, e);
        } catch (RuntimeException e) { // of a PromptFormat that is the caller's own
            return refused(
                    job,
                    new GenerationException(
                            "The prompt could not be written: " + e.getClass().getName() + "; see the cause.",
                            e,
                            false,
                            Certainty.NOT_SENT));
        }
        handIn(job);
        return job.future();
    }

    private void handIn(Job job) {
        boolean unused = job.tell(() -> enqueue(job)); // whoever begins the job waits until this was told
        queue.report();
        begin();
    }

    private CompletableFuture<Completion> refused(Job job, GenerationException cause) {
        listener.submitted(job.request());
        fail(job, cause);
        return job.future();
    }

    /** A seed is drawn where none was asked for, so that it can be recorded. */
    private SamplingParams effective(SamplingParams params) {
        return params.seed().isPresent()
                ? params
                : params.withSeed(ambient.random().nextInt(Integer.MAX_VALUE));
    }

    private void enqueue(Job job) {
        switch (queue.offer(job)) {
            case TAKEN -> listener.submitted(job.request());
            case FULL -> { // not taken, so nothing to hear
                boolean unused = job.future()
                        .completeExceptionally(new QueueFullException("The queue holds " + options.maxQueued()
                                + " requests already. Wait for some to end, or raise GeneratorOptions.maxQueued."));
            }
            case CLOSED -> {
                CompletableFuture<Completion> unused = refused(job, FailureMessages.closed(model, job.call()));
            }
        }
    }

    /** Begins as many jobs as may. */
    private void begin() {
        for (Job job = queue.take(); job != null; job = queue.take()) {
            queue.report();
            Job next = job;
            if (next.tell(() -> listener.started(next.request()))) {
                begin(next);
            } else {
                leave(next);
            }
        }
    }

    private void begin(Job job) {
        CompletableFuture<Answer> answer = stack.api().send(job.call());
        job.work(answer);
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<?> unused = answer.whenComplete((value, failure) -> {
            if (failure == null) {
                succeed(job, value);
            } else if (!job.future().isDone()) {
                failed(job, ApiFailure.of(failure));
            }
            if (begun.get()) { // else whoever begins this one goes on to the next: no stack grows with the queue
                begin();
            }
        });
        begun.set(true);
    }

    private void succeed(Job job, Answer answer) {
        leave(job); // before the caller wakes up, so that the gauges it reads are those after its request
        Completion completion = job.completion(model, answer);
        if (job.end(() -> listener.finished(job.request(), completion))) {
            job.future().complete(completion);
        }
    }

    private void failed(Job job, ApiFailure failure) {
        if (failure.endsRun() && stack.runEnd().end(failure)) {
            fail(
                    job,
                    FailureMessages.exception(
                            failure, job.call(), ambient.time().now()));
            endRun(failure);
            return;
        }
        ApiFailure end = stack.runEnd().cause();
        fail(job, FailureMessages.told(failure, end, job.call(), ambient.time().now()));
    }

    /** Fails all but those whose request is out: their answers are paid for, and may still come. */
    private void endRun(ApiFailure end) {
        for (Job job : queue.jobs()) {
            if (!job.call().onTheWire()) {
                fail(
                        job,
                        FailureMessages.afterEnd(end, job.call(), ambient.time().now()));
            }
        }
    }

    private void cancel(Job job) {
        boolean unused = job.end(() -> listener.failed(
                job.request(),
                new GenerationCancelledException(
                        "The request was cancelled.", job.call().certainty())));
        leave(job);
        begin();
    }

    private void fail(Job job, GenerationException cause) {
        leave(job);
        if (job.end(() -> listener.failed(job.request(), cause))) {
            job.future().completeExceptionally(cause);
        }
    }

    private void leave(Job job) {
        boolean unused = queue.remove(job);
        queue.report();
    }

    /** Aborts what is at work: of those requests nobody knows whether they were done, and paid for. */
    @Override
    public void close() {
        var left = queue.close();
        stack.stop(); // first: no place that is given back shall send another
        left.forEach(job -> fail(job, FailureMessages.closed(model, job.call())));
        stack.close();
        ambient.time().close();
    }

    /** Names the model, and nothing that could be a secret. */
    @Override
    public String toString() {
        @Nullable ApiFailure end = stack.runEnd().cause();
        return "OpenAiGenerator[" + model + (end == null ? "" : ", run ended: " + end.kind()) + "]";
    }
}
