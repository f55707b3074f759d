package io.github.ultrafeedback.onnx.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds a model's chat templates: {@code chat_template.jinja} as newer files have it, else {@code chat_template} of
 * {@code tokenizer_config.json}, which is a text or a list of named texts. The text stays as it is.
 */
final class ChatTemplates {
    /** Name of a template that has none. */
    static final String DEFAULT = "default";

    private ChatTemplates() {}

    static Map<String, String> read(Path folder) {
        Map<String, String> templates = new LinkedHashMap<>();
        JsonNode node =
                JsonFile.readIfPresent(folder.resolve("tokenizer_config.json")).path("chat_template");
        if (node.isTextual()) {
            templates.put(DEFAULT, node.textValue());
        }
        for (JsonNode named : node) {
            templates.put(
                    named.path("name").asText(DEFAULT), named.path("template").asText());
        }
        Path jinja = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(jinja)) {
            try {
                templates.put(DEFAULT, Files.readString(jinja));
            } catch (IOException e) {
                throw new ModelLoadException("'" + jinja + "' cannot be read as UTF-8: " + e, e);
            }
        }
        return templates;
    }
}
