package io.github.ultrafeedback;

import java.util.List;
import java.util.function.Consumer;

/**
 * A generator that also takes whole batches to be answered within hours, as the OpenAI Batch API does for half the
 * price. The handle outlives the process: keep it, and collect from another one. Safe for concurrent use.
 */
public interface DeferredGenerator extends Generator {

    /**
     * Hands in a batch.
     *
     * @param requests what is asked; each prompt needs an id, unique within the batch, by which its outcome is found
     * @param store called with the handle as soon as the other side knows the batch and before this method polls or
     *     returns; keep the handle durably, for a batch without one is paid for and lost
     * @return the handle
     * @throws IllegalArgumentException if {@code requests} is empty, or an id is missing or there twice
     * @throws io.github.ultrafeedback.error.GenerationException if the batch was not taken
     */
    BatchHandle submitBatch(List<GenerationRequest> requests, Consumer<BatchHandle> store);

    /**
     * Asks how far a batch is.
     *
     * @param handle names the batch
     * @return its state now
     * @throws io.github.ultrafeedback.error.GenerationException if it cannot be told
     */
    BatchStatus poll(BatchHandle handle);

    /**
     * Fetches what is answered, also of a batch that expired or was cancelled half way. May be called again.
     *
     * @param handle names a batch that {@linkplain BatchStatus.State#ended() has ended}
     * @param requests the requests it was made of, in any order
     * @return one outcome for each request, in the order of {@code requests}
     * @throws IllegalStateException if the batch has not ended
     * @throws io.github.ultrafeedback.error.GenerationException if the answers cannot be fetched
     */
    List<Outcome> collect(BatchHandle handle, List<GenerationRequest> requests);

    /**
     * Asks the other side to stop; what is answered by then can be collected.
     *
     * @param handle names the batch
     * @throws io.github.ultrafeedback.error.GenerationException if it cannot be cancelled
     */
    void cancel(BatchHandle handle);
}
