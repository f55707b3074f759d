package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.DeferredGenerator;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.error.GenerationException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An {@link OpenAiGenerator} that also hands in batches to OpenAI's Batch API, which answers within 24 hours for half
 * the price. Safe for concurrent use; the methods of batches block their caller, and an interrupt ends them.
 *
 * <p>More than 50,000 requests or 200 MB become several batches behind one handle. A request that cannot be written, or
 * is longer than a file may be, is left out and fails alone in {@link #collect}. A seed is sent only where one is asked
 * for. Azure is refused with an {@link io.github.ultrafeedback.error.InvalidRequestException}, and so is a server that
 * has no Batch API.
 */
public final class OpenAiBatchGenerator implements DeferredGenerator {
    private final OpenAiGenerator live;
    private final OpenAiBatches batches;

    private OpenAiBatchGenerator(OpenAiGenerator live, OpenAiBatches batches) {
        this.live = live;
        this.batches = batches;
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
    public static OpenAiBatchGenerator open(ModelRef model, GeneratorOptions options) {
        return open(model, options, Ambient.system(), BatchLimits.OPENAI);
    }

    static OpenAiBatchGenerator open(ModelRef model, GeneratorOptions options, Ambient ambient, BatchLimits limits) {
        try {
            ChatStack stack = ChatStack.build(model, options, ambient);
            OpenAiGenerator live = new OpenAiGenerator(model, options, stack, ambient);
            return new OpenAiBatchGenerator(live, new OpenAiBatches(model, stack, ambient, limits));
        } catch (RuntimeException | Error e) {
            ambient.time().close();
            throw e;
        }
    }

    @Override
    public ModelRef model() {
        return live.model();
    }

    @Override
    public int window() {
        return live.window();
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        return live.submit(request);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A batch with the same requests that the server has from a process that died before it stored the handle is
     * taken up and not paid again, unless it failed, expired or was cancelled, or is three days old. One whose handle
     * this generator has given or was given is never taken up: the same requests are then a new batch.
     *
     * @param store called once for each batch the requests are split into, each time with a handle of all so far, which
     *     takes the place of the one before; what it throws goes on to the caller, and the same call takes up the batch
     */
    @Override
    public BatchHandle submitBatch(List<GenerationRequest> requests, Consumer<BatchHandle> store) {
        return batches.submit(requests, store);
    }

    @Override
    public BatchStatus poll(BatchHandle handle) {
        return batches.poll(handle);
    }

    /**
     * Asks until the batch has ended: after 10 seconds, then ever more seldom, up to every 5 minutes. A server that
     * cannot be reached meanwhile is asked again.
     *
     * @param handle names the batch
     * @return ends with the state in which the batch ended, or with a {@link GenerationException}; cancelling it ends
     *     the waiting and not the batch, and so does {@link #close}
     * @throws io.github.ultrafeedback.error.InvalidRequestException if the handle is of another model or backend
     */
    public CompletableFuture<BatchStatus> awaitEnd(BatchHandle handle) {
        return batches.awaitEnd(handle);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Requests whose outcome is a failure that is {@linkplain GenerationException#retryable() retryable} have no
     * answer yet: hand in those, and those alone, again.
     */
    @Override
    public List<Outcome> collect(BatchHandle handle, List<GenerationRequest> requests) {
        return batches.collect(handle, requests);
    }

    /** {@inheritDoc} A batch that has ended is left as it is. */
    @Override
    public void cancel(BatchHandle handle) {
        batches.cancel(handle);
    }

    /** Batches go on at the server: they can be collected by another generator. */
    @Override
    public void close() {
        batches.close();
        live.close();
    }

    @Override
    public String toString() {
        return live.toString();
    }
}
