package io.github.ultrafeedback.examples;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A backend in one screen: answers with the question read backwards, at once, on the caller's thread. It has no queue
 * and tells no {@code GeneratorListener}; a backend for others to use extends {@code GeneratorContract} of the testkit,
 * which asks for both.
 */
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
        if (!honours(request.params())) {
            return CompletableFuture.failedFuture(
                    new InvalidRequestException(
                            "A reversed answer can honour maxTokens and seed alone; leave the other parameters at their defaults."));
        }
        String whole = new StringBuilder(question(request.prompt())).reverse().toString();
        String answer = whole.substring(0, end(whole, request.params().maxTokens()));
        if (request.listener() != null) {
            request.listener().onText(0, answer);
        }
        FinishReason reason = answer.length() < whole.length() ? FinishReason.LENGTH : FinishReason.STOP;
        return CompletableFuture.completedFuture(new Completion(
                model,
                request.prompt().id(),
                List.of(Choice.of(0, answer, reason)),
                Usage.of(whole.length(), answer.length()), // a character is a token here
                request.params(),
                OptionalLong.empty(),
                1,
                Duration.ZERO,
                Map.of()));
    }

    /** Counts code points, so that no character is cut in half. */
    private static int end(String text, int maxTokens) {
        return text.offsetByCodePoints(0, Math.min(maxTokens, text.codePointCount(0, text.length())));
    }

    /** A parameter that cannot be honoured is an error, never ignored. A seed can: the answer is the same for each. */
    private static boolean honours(SamplingParams params) {
        SamplingParamsBuilder known = SamplingParams.builder().maxTokens(params.maxTokens());
        params.seed().ifPresent(known::seed);
        return known.build().equals(params);
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
