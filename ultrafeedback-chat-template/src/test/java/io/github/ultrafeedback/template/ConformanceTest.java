package io.github.ultrafeedback.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Real templates of public models beside jinja2's output; their texts are not ours, so they are not in this repository.
 */
final class ConformanceTest {
    private static final Instant NOW = Instant.parse("2025-07-10T12:00:00Z");

    @Test
    void realTemplatesRenderAsJinja2DoesToTheByte() {
        Path file = Path.of(System.getProperty("ultrafeedback.data", "../../shared/data"), "chat_templates.json");
        assumeTrue(Files.exists(file), () -> "skipped: no " + file + "; set -Dultrafeedback.data to its folder");

        JsonNode root = CaseFile.read(file);
        List<String> differences = new ArrayList<>();
        for (JsonNode node : root.path("cases")) {
            String source = root.path("templates")
                    .path(node.path("template").asText())
                    .path("source")
                    .asText();
            String difference = CaseFile.of(node, source, "expected").difference(NOW);
            if (!difference.isEmpty()) {
                differences.add(difference);
            }
        }
        System.out.println("conformance cases: " + root.path("cases").size());

        assertThat(root.path("cases").size()).isGreaterThanOrEqualTo(398);
        assertThat(differences).isEmpty();
    }
}
