package io.github.ultrafeedback.benchmarks.peers;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.openai.OpenAiSettings;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** UltraFeedback's OpenAI backend, with nothing set but the address, the key and how many requests may be in flight. */
public final class OurClient implements Function<String, CompletionStage<String>> {
    private final Generator generator;
    private final SamplingParams params =
            SamplingParams.builder().maxTokens(128).build();

    /**
     * Opens a generator.
     *
     * @param baseUrl where the API begins
     * @param inFlight requests at once
     * @param unused blocking clients run there; this one blocks nobody
     */
    public OurClient(String baseUrl, Integer inFlight, Executor unused) {
        OpenAiSettings settings = OpenAiSettings.builder()
                .baseUrl(baseUrl)
                .apiKey("none")
                .maxInFlight(inFlight)
                .build();
        generator = Generators.forModel(
                "openai:gpt-4o-mini",
                GeneratorOptions.builder().settings(settings).build());
    }

    @Override
    public CompletionStage<String> apply(String prompt) {
        return generator.submit(GenerationRequest.of(Prompt.of(prompt), params)).thenApply(Completion::text);
    }
}
