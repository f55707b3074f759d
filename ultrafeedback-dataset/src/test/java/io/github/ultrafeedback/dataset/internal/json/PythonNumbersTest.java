package io.github.ultrafeedback.dataset.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PythonNumbersTest {
    @Test
    void numbersAreSpelledAsPythonSpellsThem() throws IOException {
        List<String> lines;
        try (InputStream in =
                PythonNumbersTest.class.getResourceAsStream("/io/github/ultrafeedback/dataset/numbers.txt")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(lines).hasSizeGreaterThan(1000);
        for (String line : lines) {
            String[] pair = line.split("\t", -1);
            assertThat(PythonNumbers.spell(pair[0])).as(pair[0]).isEqualTo(pair[1]);
        }
    }
}
