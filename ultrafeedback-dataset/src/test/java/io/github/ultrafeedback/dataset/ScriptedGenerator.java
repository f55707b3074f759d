package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Does with each request what a test says, and remembers it. */
final class ScriptedGenerator implements Generator {
    final List<GenerationRequest> requests = Collections.synchronizedList(new ArrayList<>());
    volatile boolean closed;
    private volatile boolean remembers = true;
    private final String model;
    private final Function<GenerationRequest, CompletableFuture<Completion>> script;

    ScriptedGenerator(String model, Function<GenerationRequest, CompletableFuture<Completion>> script) {
        this.model = model;
        this.script = script;
    }

    /** Remembers nothing, for jobs of more requests than fit into memory. */
    ScriptedGenerator forgetting() {
        remembers = false;
        return this;
    }

    /** Answers every request with a text. */
    static ScriptedGenerator saying(String model, Function<GenerationRequest, String> text) {
        return new ScriptedGenerator(
                model, request -> CompletableFuture.completedFuture(completion(request, text.apply(request))));
    }

    static CompletableFuture<Completion> yes(GenerationRequest request) {
        return CompletableFuture.completedFuture(completion(request, "yes"));
    }

    static Completion completion(GenerationRequest request, String text, String... provenance) {
        return new Completion(
                ModelRef.parse("scripted"),
                request.prompt().id(),
                List.of(Choice.of(0, text, FinishReason.STOP)),
                Usage.of(1, 2),
                request.params(),
                request.params().seed(),
                1,
                Duration.ZERO,
                provenance.length == 0 ? Map.of() : Map.of(provenance[0], provenance[1]));
    }

    JobModel asModel() {
        return JobModel.of(model, () -> this);
    }

    @Override
    public ModelRef model() {
        return ModelRef.parse(model);
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        if (remembers) {
            requests.add(request);
        }
        return script.apply(request);
    }

    @Override
    public void close() {
        closed = true;
    }
}
