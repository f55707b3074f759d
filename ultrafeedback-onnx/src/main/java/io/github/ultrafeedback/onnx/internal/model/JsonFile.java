package io.github.ultrafeedback.onnx.internal.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the JSON files of a model folder. */
final class JsonFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonFile() {}

    /** The file's content, or a missing node where there is no such file. */
    static JsonNode readIfPresent(Path file) {
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new ModelLoadException(
                    "'" + file + "' is not JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + "). Fetch or export it again.",
                    e);
        } catch (IOException e) {
            throw new ModelLoadException("'" + file + "' cannot be read: " + e, e);
        }
    }
}
