package io.github.ultrafeedback.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.micrometer.MicrometerListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listener that measures any backend measures the batching one. */
final class BatchMetricsTest {
    private static final String MODEL = "batch:models/ultrafeedback-tiny";

    @Test
    void theBatchIsMeasuredByTheListenerOfAllBackends() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        GeneratorOptions options = GeneratorOptions.builder()
                .listener(new MicrometerListener(registry, MODEL))
                .build();
        List<Prompt> prompts = Collections.nCopies(8, Prompt.of("Tell me of the sea."));
        List<Completion> completions;
        try (Generator generator = Generators.forModel(MODEL, options)) {
            completions = generator.generate(
                    prompts, SamplingParams.builder().maxTokens(8).build());
        }
        assertThat(registry.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(8);
        assertThat(registry.get("gen_ai.client.operation.time_to_first_chunk")
                        .timer()
                        .count())
                .isEqualTo(8);
        assertThat(registry.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "output")
                        .summary()
                        .totalAmount())
                .isEqualTo(completions.stream()
                        .mapToInt(completion -> completion.usage().completionTokens())
                        .sum());
        assertThat(registry.get("ultrafeedback.client.in_flight").gauge().value())
                .isZero();
    }
}
