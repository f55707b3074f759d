package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Path;

/** How the files of a tokenizer are parsed, and what is said when they cannot be. */
final class Json {
    /** Keeps no table of member names: a vocabulary has 100,000 of them, each met once. */
    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build());

    private Json() {}

    /** Names the file and the place in it, and what to do. */
    static ModelLoadException broken(Path file, IOException cause) {
        String what = String.valueOf(cause.getMessage());
        if (cause instanceof JsonProcessingException json) {
            JsonLocation place = json.getLocation();
            what = json.getOriginalMessage()
                    + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr());
        }
        return new ModelLoadException(
                "cannot read " + file + ": " + what + "; copy the file again from the model's source", cause);
    }
}
