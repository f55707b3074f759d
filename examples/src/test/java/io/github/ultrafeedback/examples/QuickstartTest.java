package io.github.ultrafeedback.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class QuickstartTest {
    @Test
    void everyPromptIsPrintedWithItsAnswer() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(new String[0], new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("> Tell me a story")
                .containsPattern("\\[finish reason (STOP|LENGTH), \\d+ tokens]")
                .containsPattern("3 prompts, \\d+ tokens, \\d+ tokens/s");
    }
}
