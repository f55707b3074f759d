package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelLocation;
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

/**
 * Runs one prompt at a time on ONNX Runtime, in the order in which they were submitted, on a thread of its own. A seed
 * gives the same tokens here as in the batching backend.
 *
 * <p>Cancelling a request stops it within one token; {@link #close} does so with all, waits for the thread and frees
 * native memory. Safe for concurrent use.
 */
public final class OnnxGenerator implements Generator {
    private final ModelRef model;
    private final SequentialEngine engine;
    private final GeneratorListener listener;
    private final JobQueue queue;
    private final int maxQueued;
    private final Thread worker;

    private OnnxGenerator(ModelRef model, SequentialEngine engine, GeneratorOptions options, ThreadFactory threads) {
        this.model = model;
        this.engine = engine;
        this.listener = GeneratorListener.safe(options.listener());
        this.maxQueued = options.maxQueued();
        this.queue = new JobQueue(maxQueued);
        this.worker = threads.newThread(this::work);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ultrafeedback-onnx");
        thread.setDaemon(true); // a generator that nobody closed must not keep the JVM alive
        return thread;
    }

    /**
     * Opens a model folder.
     *
     * @param model names the folder, or an UltraFeedback model that has one
     * @param options settings; those of type {@link OnnxSettings} are taken, other backends' are passed over
     * @return a generator that the caller closes
     * @throws io.github.ultrafeedback.error.ModelNotFoundException if there is no such folder
     * @throws io.github.ultrafeedback.error.ModelLoadException if the folder, the graph, the runtime or the device is
     *     not as needed; the message says what to do
     */
    public static OnnxGenerator open(ModelRef model, GeneratorOptions options) {
        return open(model, options, OnnxGenerator::daemon);
    }

    static OnnxGenerator open(ModelRef model, GeneratorOptions options, ThreadFactory threads) {
        SequentialEngine engine = SequentialEngine.open(model, ModelLocation.require(model, options), options);
        try {
            OnnxGenerator generator = new OnnxGenerator(model, engine, options, threads);
            generator.worker.start();
            return generator;
        } catch (RuntimeException | Error e) { // the process may have no thread left
            engine.close();
            throw e;
        }
    }

    @Override
    public ModelRef model() {
        return model;
    }

    /** A quarter of the queue at most, so that several callers find room. */
    @Override
    public int window() {
        return Math.max(1, Math.min(256, maxQueued / 4));
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        Objects.requireNonNull(request, "request must not be null");
        Job job = new Job(request, engine.effective(request.params()));
        CompletableFuture<?> unused = job.future().whenComplete((completion, failure) -> {
            if (job.future().isCancelled()) {
                cancel(job);
            }
        });
        try {
            engine.check(request.params());
        } catch (GenerationException e) {
            listener.submitted(request);
            fail(job, e);
            return job.future();
        }
        job.tell(() -> enqueue(job)); // so that the engine thread, which tells the start in its turn, waits
        queue.report(listener);
        return job.future();
    }

    private void enqueue(Job job) {
        switch (queue.offer(job)) {
            case TAKEN -> listener.submitted(job.request());
            case FULL -> // not taken, so nothing to hear
                job.future()
                        .completeExceptionally(new QueueFullException("The queue holds " + maxQueued
                                + " requests already. Wait for some to end, or raise GeneratorOptions.maxQueued."));
            case CLOSED -> {
                listener.submitted(job.request());
                endByClosing(job);
            }
        }
    }

    private void work() {
        try {
            for (Job job = queue.take(); job != null; job = queue.take()) {
                run(job);
            }
        } finally {
            queue.close().forEach(this::endByClosing); // nobody waits for a thread that has ended
            engine.close();
        }
    }

    private void run(Job job) {
        queue.report(listener);
        try {
            if (job.tell(() -> listener.started(job.request()))) {
                succeed(job, engine.generate(job, listener));
            }
        } catch (GenerationException e) {
            release();
            fail(job, e);
        } catch (Throwable e) { // the thread must outlive any single prompt
            release();
            fail(
                    job,
                    new GenerationException(
                            "The engine failed with " + e.getClass().getName() + "; see the cause.",
                            e,
                            false,
                            Certainty.MAYBE_DONE));
        } finally {
            release();
        }
    }

    private void succeed(Job job, Completion completion) {
        release(); // before the caller wakes up, so that the gauges it reads are those after its request
        if (job.end(() -> listener.finished(job.request(), completion))) {
            job.future().complete(completion);
        }
    }

    private void release() {
        queue.release();
        queue.report(listener);
    }

    private void cancel(Job job) {
        job.cancellation().cancel(); // first, so that a slow listener does not delay it
        boolean waiting = queue.remove(job);
        job.end(() -> listener.failed(
                job.request(),
                new GenerationCancelledException(
                        "The request was cancelled.", job.cancellation().certainty())));
        if (waiting) {
            queue.report(listener);
        }
    }

    private void fail(Job job, GenerationException cause) {
        job.cancellation().cancel();
        if (job.end(() -> listener.failed(job.request(), cause))) {
            job.future().completeExceptionally(cause);
        }
    }

    private void endByClosing(Job job) {
        job.cancellation().cancel(); // first, since whether work had begun is certain only then
        fail(
                job,
                new GeneratorClosedException(
                        "The generator for '" + model + "' was closed. Open a new one.",
                        job.cancellation().certainty()));
    }

    @Override
    public void close() {
        queue.close().forEach(this::endByClosing);
        queue.report(listener);
        awaitWorker();
    }

    /** Waits even when interrupted: native memory must be free when close returns. */
    private void awaitWorker() {
        if (Thread.currentThread() == worker) { // closed in a callback; the thread ends after it
            return;
        }
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
