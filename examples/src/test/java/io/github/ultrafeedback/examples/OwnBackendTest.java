package io.github.ultrafeedback.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationBatchException;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnBackendTest {
    @Test
    void aProviderOfOnesOwnIsFoundByItsScheme() {
        try (Generator generator = Generators.forModel("reverse:demo")) {
            assertThat(generator.generate(List.of(Prompt.of("Hello"), Prompt.of("abc"))))
                    .extracting(Completion::text)
                    .containsExactly("olleH", "cba");
        }
    }

    @Test
    void theLimitCutsAndIsNamed() {
        try (Generator generator = Generators.forModel("reverse:demo")) {
            SamplingParams two = SamplingParams.builder().maxTokens(2).build();
            Completion cut =
                    generator.generate(List.of(Prompt.of("Hello")), two).get(0);
            assertThat(cut.text()).isEqualTo("ol");
            assertThat(cut.finishReason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void whatItCannotHonourIsRefused() {
        try (Generator generator = Generators.forModel("reverse:demo")) {
            SamplingParams stop = SamplingParams.builder().stop(List.of("x")).build();
            assertThatThrownBy(() -> generator.generate(List.of(Prompt.of("Hello")), stop))
                    .isInstanceOf(GenerationBatchException.class)
                    .hasMessageContaining("maxTokens and seed alone");
        }
    }
}
