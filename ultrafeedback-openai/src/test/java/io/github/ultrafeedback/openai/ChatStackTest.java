package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChatStackTest {
    @Test
    void variablesForATemplateThatTheServerRendersAreRefused() {
        GeneratorOptions options = GeneratorOptions.builder()
                .settings(OpenAiSettings.builder()
                        .baseUrl("http://127.0.0.1:1/v1")
                        .apiKey("k")
                        .build())
                .chatTemplateKwargs(Map.of("enable_thinking", false))
                .build();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> OpenAiGenerator.open(ModelRef.parse("openai:any"), options))
                .withMessageContainingAll("chatTemplateKwargs", "[enable_thinking]", "OpenAiSettings.extraBody");
    }
}
