package io.github.ultrafeedback.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BatchQuickstartTest {
    @Test
    void sixtyFourPromptsGetTheAnswersTheyGetAlone() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BatchQuickstart.run(new String[0], new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .containsPattern("batch: 64 of 64 prompts, \\d+ tokens, \\d+ tokens/s")
                .containsPattern("onnx: 64 of 64 prompts, \\d+ tokens, \\d+ tokens/s")
                .contains("token for token: true");
    }
}
