package io.github.ultrafeedback.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged templates end in a result or in an exception of ours, and end soon. */
final class FuzzTest {
    private static final long SEED = 20260102;
    private static final RenderLimits SMALL = new RenderLimits(20_000, 5_000, 50, Duration.ofSeconds(2));
    private static final String[] TOKENS = {
        "{{",
        "}}",
        "{%",
        "%}",
        "{%-",
        "-%}",
        "{#",
        "#}",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        "~",
        "*",
        "**",
        "//",
        "%",
        "==",
        "<",
        " in ",
        " is ",
        " not ",
        " and ",
        " or ",
        " if ",
        " else ",
        "for x in y",
        "endfor",
        "macro m(a)",
        "endmacro",
        "set a = ",
        "'",
        "\"",
        "\\",
        "9",
        "99999999999999999999",
        "0x",
        "1e9",
        ".",
        ",",
        ":",
        "loop",
        "\n",
        "raw",
        "endraw",
        "call m()",
        "|join",
        "|map('upper')",
        "|tojson(indent=2)",
        "range(99)",
        "namespace()",
        "\uD83D",
        "[::-1]",
        "recursive",
        "break",
        "continue",
        "\u00e9",
        "generation",
        "none",
        "self",
        "caller()",
        "*a",
        "**a"
    };

    @Test
    void mutatedTemplatesNeverEscape() throws IOException {
        List<String> sources = sources();
        Map<String, Object> context = Map.of(
                "messages",
                List.of(
                        Map.of("role", "user", "content", "Hi <|x|> {{ y }}"),
                        Map.of("role", "assistant", "content", "Yes\n")),
                "a",
                3,
                "x",
                "text",
                "y",
                List.of(1, 2, 3),
                "d",
                Map.of("k", "v"),
                "f",
                1.5);
        int count = Boolean.getBoolean("ultrafeedback.full") ? 1_000_000 : 20_000;
        Random random = new Random(SEED);
        long start = System.nanoTime();
        int rendered = 0;
        for (int i = 0; i < count; i++) {
            String source = mutated(sources, random);
            try {
                ChatTemplate.parse(source).withLimits(SMALL).render(context);
                rendered++;
            } catch (TemplateException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", mutation " + i + ": " + source, e);
            }
        }
        System.out.println("fuzz: seed " + SEED + ", " + count + " mutations, " + rendered + " rendered, "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(rendered).isPositive().isLessThan(count);
    }

    private static String mutated(List<String> sources, Random random) {
        StringBuilder source = new StringBuilder(sources.get(random.nextInt(sources.size())));
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(source.length() + 1);
            int to = Math.min(source.length(), at + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> source.delete(at, to);
                case 1 -> source.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
                case 2 ->
                    source.replace(at, Math.min(source.length(), at + 1), String.valueOf((char) random.nextInt(0x100)));
                case 3 -> source.insert(at, source.substring(at, to));
                case 4 -> {
                    String other = sources.get(random.nextInt(sources.size()));
                    int from = random.nextInt(other.length() + 1);
                    source.insert(at, other, from, Math.min(other.length(), from + random.nextInt(40)));
                }
                default -> source.replace(at, to, TOKENS[random.nextInt(TOKENS.length)]);
            }
        }
        return source.toString();
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>(
                List.of(
                        "{% for m in messages %}<|{{ m.role }}|>{{ m['content']|trim }}{% if loop.last %}!{% endif %}{% endfor %}",
                        "{% macro m(a, b=2) %}{{ a ~ b }}{{ caller() if caller }}{% endmacro %}{% call m(1) %}x{% endcall %}",
                        "{% set ns = namespace(n=0) %}{% for i in y if i > 1 %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
                        "{{ messages|selectattr('role', 'equalto', 'user')|map(attribute='content')|join(', ')|upper }}",
                        "{{ {'a': [1, 2.5, none, true]}|tojson(indent=2) }}{{ '%5.2f' % f }}{{ '{:>5}'.format(a) }}{{ y[::-1] }}"));
        Path folder = Path.of("src/test/resources/cases");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    for (JsonNode node : CaseFile.read(file).path("cases")) {
                        String template = node.path("template").asText();
                        if (!template.isEmpty() && template.length() < 2_000) {
                            sources.add(template);
                        }
                    }
                }
            }
        }
        return sources;
    }
}
