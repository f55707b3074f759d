package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.Optional;
import java.util.Set;

final class FakeGeneratorContractTest extends GeneratorContract {
    @Override
    protected Generator open(GeneratorOptions options) {
        return FakeGenerator.builder()
                .options(options)
                .fail("too long", new InvalidRequestException("The prompt is too long; shorten it."))
                .refuse("logitBias", params -> !params.logitBias().isEmpty())
                .build();
    }

    @Override
    protected Set<String> unsupported() {
        return Set.of("logitBias");
    }

    @Override
    protected Optional<GenerationRequest> failingRequest() {
        return Optional.of(GenerationRequest.of(Prompt.of("too long")));
    }

    @Override
    protected int longTokens() {
        return 1_000_000; // the fake is fast
    }
}
