package io.github.ultrafeedback.examples;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.GeneratorClosedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** The smallest backend there can be: answers with the question read backwards, at once, on the caller's thread. */
final class ReverseGenerator implements Generator {
    private final ModelRef model;
    private volatile boolean closed;

    ReverseGenerator(ModelRef model) {
        this.model = model;
    }

    @Override
    public ModelRef model() {
        return model;
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new GeneratorClosedException("The generator was closed. Open a new one."));
        }
        String answer = new StringBuilder(question(request.prompt())).reverse().toString();
        return CompletableFuture.completedFuture(new Completion(
                model,
                request.prompt().id(),
                List.of(Choice.of(0, answer, FinishReason.STOP)),
                Usage.of(answer.length(), answer.length()),
                request.params(),
                OptionalLong.empty(),
                1,
                Duration.ZERO,
                Map.of()));
    }

    private static String question(Prompt prompt) {
        String raw = prompt.rawText();
        return raw != null
                ? raw
                : prompt.messages().get(prompt.messages().size() - 1).content();
    }

    @Override
    public void close() {
        closed = true;
    }
}
