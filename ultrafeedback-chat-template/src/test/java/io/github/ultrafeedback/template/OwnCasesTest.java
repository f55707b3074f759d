package io.github.ultrafeedback.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Templates of our own beside jinja2's output, which {@code tools/make_template_cases.py} computed. */
final class OwnCasesTest {
    private static final Path FOLDER = Path.of("src/test/resources/cases");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** What chat templates never use: where jinja2 has an output here, we may refuse, but never say something else. */
    private static final String MAY_BE_REFUSED = "rare.json";

    /** Java strings join a pair of lone surrogates; Python keeps two characters that nothing could encode. */
    private static final Set<String> DIFFERENT = Set.of("A pair of escaped surrogates stays two");

    @Test
    void ownTemplatesRenderAsJinja2DoesToTheByte() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "skipped: no cases here");
        List<String> differences = new ArrayList<>();
        int count = 0;
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                boolean mayBeRefused = file.endsWith(MAY_BE_REFUSED);
                for (JsonNode node : CaseFile.read(file).path("cases")) {
                    count++;
                    CaseFile given = CaseFile.of(node, node.path("template").asText(), "output");
                    String difference = given.difference(NOW);
                    boolean refused = mayBeRefused && difference.contains(": raised ");
                    if (!difference.isEmpty() && !refused && !DIFFERENT.contains(given.name())) {
                        differences.add(file.getFileName() + ": " + difference);
                    }
                }
            }
        }

        assertThat(differences).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(300);
    }
}
