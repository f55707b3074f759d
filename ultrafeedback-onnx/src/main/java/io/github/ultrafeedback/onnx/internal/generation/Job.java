package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.onnx.internal.model.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A request on its way through the generator. Thread-safe. */
public final class Job {
    private final GenerationRequest request;
    private final SamplingParams params;
    private final CompletableFuture<Completion> future = new CompletableFuture<>();
    private final Cancellation cancellation = new Cancellation();
    private final long submittedNanos = System.nanoTime();
    private boolean ended; // guarded by this

    /**
     * A job that has just been submitted.
     *
     * @param request what was asked for
     * @param params the parameters that take effect, seed included
     */
    public Job(GenerationRequest request, SamplingParams params) {
        this.request = request;
        this.params = params;
    }

    /**
     * What was asked for.
     *
     * @return the request as it was submitted
     */
    public GenerationRequest request() {
        return request;
    }

    /**
     * The parameters that take effect.
     *
     * @return parameters with a seed
     */
    public SamplingParams params() {
        return params;
    }

    /**
     * What the caller waits for.
     *
     * @return the same future every time
     */
    public CompletableFuture<Completion> future() {
        return future;
    }

    /**
     * Ends the work on this job and on no other.
     *
     * @return the same cancellation every time
     */
    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * What the job comes to, once its choices have ended. Its latency ends with this call.
     *
     * @param model the model that the generator was opened for
     * @param choices all of them, by index
     * @param promptTokens tokens of the prompt as the model read it
     * @param provenance facts for the record
     * @return the completion
     */
    public Completion completion(
            ModelRef model, List<Choice> choices, int promptTokens, Map<String, String> provenance) {
        int drawn =
                choices.stream().mapToInt(choice -> choice.tokenIds().size()).sum();
        return new Completion(
                model,
                request.prompt().id(),
                choices,
                Usage.of(promptTokens, drawn),
                params,
                OptionalLong.of(params.seed().orElseThrow()),
                1,
                Duration.ofNanos(System.nanoTime() - submittedNanos),
                provenance);
    }

    /**
     * Tells the listener about this job unless it has ended. Holding the lock while the listener hears keeps its
     * promise of order: nothing about a request follows its end.
     *
     * @param event tells it
     * @return false if the job has ended, so that nothing was told
     */
    public synchronized boolean tell(Runnable event) {
        if (!ended) {
            event.run();
        }
        return !ended;
    }

    /**
     * Ends the job and tells the listener.
     *
     * @param event tells it
     * @return true to the first caller alone, who completes the future
     */
    public synchronized boolean end(Runnable event) {
        if (ended) {
            return false;
        }
        ended = true;
        event.run();
        return true;
    }
}
