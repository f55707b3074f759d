package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.QueueFullException;
import io.github.ultrafeedback.onnx.internal.generation.Job;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/**
 * Runs many prompts at once on ONNX Runtime: requests join and leave the batch at every step. Each gets the tokens that
 * it would get alone, from this backend or the sequential one, whatever else runs; {@link BatchSettings#selfTest}
 * checks that on the machine at hand.
 *
 * <p>Prompts are rendered and encoded by the thread that submits. One thread runs the model; others make the text and
 * call listeners, so a {@link io.github.ultrafeedback.TokenListener} that blocks holds up its own request alone.
 * Cancelling a request frees its slot within a step. Safe for concurrent use.
 */
public final class BatchGenerator implements Generator {
    private final ModelRef model;
    private final BatchModel opened;
    private final BatchSettings settings;
    private final GeneratorListener listener;
    private final int maxQueued;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Requests requests;
    private final Meter meter = new Meter();
    private final Calls calls;
    private final EngineLoop loop;

    private BatchGenerator(
            ModelRef model,
            BatchModel opened,
            BatchSettings settings,
            GeneratorOptions options,
            ThreadFactory threads) {
        this.model = model;
        this.opened = opened;
        this.settings = settings;
        this.listener = GeneratorListener.safe(options.listener());
        this.maxQueued = options.maxQueued();
        this.inbox = new Inbox(maxQueued);
        this.outbox = new Outbox(threads);
        this.requests = new Requests(model, opened, outbox);
        this.calls = new Calls(inbox, listener, meter, requests::completion);
        Engine engine = new Engine(
                opened.runner(),
                new Scheduler(opened.size().slots() + settings.prefillTokens(), settings.chunk()),
                opened.table(),
                most -> requests.sequences(inbox.take(most), calls),
                meter);
        this.loop = new EngineLoop(engine, inbox, this::cleanUp, threads);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ultrafeedback-batch");
        thread.setDaemon(true); // a generator that nobody closed must not keep the JVM alive
        return thread;
    }

    /**
     * Opens a model folder.
     *
     * @param model names the folder, or an UltraFeedback model that has one
     * @param options settings; those of type {@link BatchSettings} and
     *     {@link io.github.ultrafeedback.onnx.OnnxSettings} are taken, other backends' are passed over
     * @return a generator that the caller closes
     * @throws io.github.ultrafeedback.error.ModelNotFoundException if there is no such folder
     * @throws io.github.ultrafeedback.error.ModelLoadException if the folder, the graph, the runtime, the device or the
     *     memory is not as needed, or the graph has plain attention; the message says what to do
     */
    public static BatchGenerator open(ModelRef model, GeneratorOptions options) {
        return open(model, options, BatchGenerator::daemon, UnaryOperator.identity());
    }

    /** Takes where threads come from and what is put around the model, for tests. */
    static BatchGenerator open(
            ModelRef model, GeneratorOptions options, ThreadFactory threads, UnaryOperator<ModelRunner> around) {
        BatchSettings settings = options.settings(BatchSettings.class).orElseGet(BatchSettings::defaults);
        BatchModel opened = BatchModel.open(model, options, settings, around);
        try {
            BatchGenerator generator = new BatchGenerator(model, opened, settings, options, threads);
            generator.loop.start();
            return generator;
        } catch (RuntimeException | Error e) { // the process may have no thread or memory left
            opened.close();
            throw e;
        }
    }

    @Override
    public ModelRef model() {
        return model;
    }

    /** Enough to keep the slots full; a quarter of the queue at most, so that several callers find room. */
    @Override
    public int window() {
        return Math.max(1, Math.min(Math.max(256, 2 * opened.size().slots()), maxQueued / 4));
    }

    /**
     * What was done since it was opened, and what is being done.
     *
     * @return a moment's view
     */
    public BatchStats stats() {
        return meter.stats(opened.size().slots(), inbox.waiting());
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        Objects.requireNonNull(request, "request must not be null");
        Job job = requests.job(request);
        try {
            if (!inbox.isClosed()) {
                submit(requests.call(job));
                return job.future();
            }
        } catch (GenerationException e) {
            refuse(job, e);
            return job.future();
        } catch (RuntimeException e) { // the model may have been closed meanwhile
            refuse(job, inbox.isClosed() ? closed(Certainty.NOT_SENT) : Calls.engineFailed(e));
            return job.future();
        }
        refuse(job, closed(Certainty.NOT_SENT));
        return job.future();
    }

    private void submit(Call call) {
        CompletableFuture<Completion> future = call.job().future();
        CompletableFuture<?> unused = future.whenComplete((completion, failure) -> {
            if (!call.over()) { // ended by the caller: cancelled, or timed out
                calls.fail(call, new GenerationCancelledException("The request was cancelled.", cancel(call)));
            }
        });
        boolean told = call.job().tell(() -> enqueue(call)); // so that its lane, which tells the start, waits
        if (told) {
            inbox.report(listener);
        }
    }

    private static Certainty cancel(Call call) {
        call.cancel(); // first, since whether work had begun is certain only then
        return call.certainty();
    }

    private void enqueue(Call call) {
        switch (inbox.offer(call)) {
            case TAKEN -> listener.submitted(call.job().request());
            case FULL -> { // not taken, so nothing to hear
                call.cancel();
                call.job()
                        .future()
                        .completeExceptionally(new QueueFullException("The queue holds " + maxQueued
                                + " requests already. Wait for some to end, or raise GeneratorOptions.maxQueued."));
            }
            case CLOSED -> {
                listener.submitted(call.job().request());
                calls.fail(call, closed(cancel(call)));
            }
        }
    }

    private void refuse(Job job, GenerationException cause) {
        listener.submitted(job.request());
        if (job.end(() -> listener.failed(job.request(), cause))) {
            job.future().completeExceptionally(cause);
        }
    }

    private GenerationException closed(Certainty certainty) {
        Throwable cause = loop.death();
        return cause == null
                ? new GeneratorClosedException(
                        "The generator for '" + model + "' was closed. Open a new one.", certainty)
                : new GenerationException(
                        "The engine of '" + model + "' broke with "
                                + cause.getClass().getName() + "; see the cause. Close it and open a new one.",
                        cause,
                        false,
                        certainty);
    }

    private void cleanUp() {
        endAll();
        outbox.close();
        opened.close();
    }

    private void endAll() {
        inbox.close().forEach(call -> calls.fail(call, closed(cancel(call))));
    }

    @Override
    public void close() {
        if (settings.onClose() == BatchSettings.OnClose.DRAIN) {
            inbox.close();
        } else {
            endAll();
        }
        inbox.report(listener);
        loop.awaitEnd();
    }
}
