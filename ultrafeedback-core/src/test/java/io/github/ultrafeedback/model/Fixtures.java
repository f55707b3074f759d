package io.github.ultrafeedback.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Rows that {@code tools/make_prompt_fixtures.py} wrote. */
final class Fixtures {
    private Fixtures() {}

    static List<List<String>> rows(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(resource), resource)) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("\n", -1))
                    .filter(line -> !line.isEmpty())
                    .map(line -> Arrays.stream(line.split("\t", -1))
                            .map(String::translateEscapes)
                            .toList())
                    .toList();
        }
    }

    /** The values of a list field. */
    static List<String> list(String field) {
        return field.equals("-") ? List.of() : List.of(field.split("\u001f", -1));
    }
}
