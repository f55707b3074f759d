package io.github.ultrafeedback.onnx;

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
final class Job {
    private final GenerationRequest request;
    private final SamplingParams params;
    private final CompletableFuture<Completion> future = new CompletableFuture<>();
    private final Cancellation cancellation = new Cancellation();
    private final long submittedNanos = System.nanoTime();
    private boolean ended; // guarded by this

    /** Takes the parameters that take effect, seed included. */
    Job(GenerationRequest request, SamplingParams params) {
        this.request = request;
        this.params = params;
    }

    GenerationRequest request() {
        return request;
    }

    SamplingParams params() {
        return params;
    }

    CompletableFuture<Completion> future() {
        return future;
    }

    /** Ends the forward passes of this job and of no other. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** What the job comes to, once its choices have ended. */
    Completion completion(ModelRef model, List<Choice> choices, int promptTokens, Map<String, String> provenance) {
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
     * Tells the listener about this job unless it has ended. Returns false if it has. Holding the lock while the
     * listener hears keeps its promise of order: nothing about a request follows its end.
     */
    synchronized boolean tell(Runnable event) {
        if (!ended) {
            event.run();
        }
        return !ended;
    }

    /** Ends the job and tells the listener. Returns true to the first caller alone, who completes the future. */
    synchronized boolean end(Runnable event) {
        if (ended) {
            return false;
        }
        ended = true;
        event.run();
        return true;
    }
}
