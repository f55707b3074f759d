package io.github.ultrafeedback.principle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the resource {@code principles.txt}: a line {@code [category]}, then its texts, one a line, with the escapes of
 * a Java string ({@code \n}, {@code \\}, and {@code \s} for a space at the end that an editor would eat). Lines that
 * start with {@code #} are comments.
 */
final class PrincipleTexts {
    private static final String RESOURCE = "principles.txt";

    private PrincipleTexts() {}

    static Map<Category, List<String>> read() {
        try (InputStream in = PrincipleTexts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar of ultrafeedback-core;"
                        + " keep resources when you shade it");
            }
            return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Category, List<String>> parse(BufferedReader lines) throws IOException {
        Map<Category, List<String>> texts = new EnumMap<>(Category.class);
        List<String> current = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                texts.put(Category.ofWireName(line.substring(1, line.length() - 1)), current);
            } else if (!line.startsWith("#")) {
                current.add(line.translateEscapes());
            }
        }
        texts.replaceAll((category, list) -> List.copyOf(list));
        return Collections.unmodifiableMap(texts);
    }
}
