package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.testkit.GeneratorContract;
import io.github.ultrafeedback.testkit.ScriptedServer;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

final class OpenAiGeneratorContractTest extends GeneratorContract {
    private static final FakeOpenAi OPENAI = new FakeOpenAi();
    private static final ScriptedServer SERVER = ScriptedServer.start(OPENAI);

    @AfterAll
    static void stop() {
        SERVER.close();
        OPENAI.close();
    }

    @Override
    protected Generator open(GeneratorOptions options) {
        OpenAiSettings settings = OpenAiSettings.builder()
                .apiKey(Planted.KEY)
                .baseUrl(SERVER.url() + "/v1")
                .dialect(Dialect.OPENAI)
                .maxInFlight(8)
                .build();
        return Generators.forModel(
                "openai:gpt-4",
                GeneratorOptions.builder()
                        .maxQueued(options.maxQueued())
                        .listener(options.listener())
                        .settings(settings)
                        .build());
    }

    /** The server lets no answer end before its limit. */
    @Override
    protected SamplingParams exactly(int tokens) {
        return SamplingParams.builder().maxTokens(tokens).build();
    }

    @Override
    protected Set<String> unsupported() {
        return Set.of(
                "topK",
                "minP",
                "minTokens",
                "stopTokenIds",
                "repetitionPenalty",
                "ignoreEos",
                "includeStop",
                "skipSpecialTokens");
    }

    @Override
    protected Optional<GenerationRequest> failingRequest() {
        return Optional.of(GenerationRequest.of(Prompt.raw("not for chats")));
    }

    @Override
    protected int longTokens() {
        return 200_000; // the server is fast
    }
}
