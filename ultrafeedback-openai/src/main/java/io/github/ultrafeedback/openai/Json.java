package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.error.Certainty;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON, and lets no message of the parser's out: it quotes what it read. */
final class Json {
    private static final int LONGEST_TEXT = 64 << 20;

    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build());

    private Json() {}

    /** Returns null where the bytes are no JSON object. */
    static @Nullable JsonNode object(byte[] bytes) {
        JsonNode node = any(bytes);
        return node != null && node.isObject() ? node : null;
    }

    /** Returns null where the bytes are no JSON. */
    static @Nullable JsonNode any(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            return null;
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw ApiFailure.local(
                    ApiFailure.Kind.INVALID, "The request cannot be written as JSON", Certainty.NOT_SENT, null);
        }
    }

    /** The text of a string or number, else null. */
    static @Nullable String text(JsonNode parent, String field) {
        JsonNode node = parent.path(field);
        return node.isTextual() || node.isNumber() ? node.asText() : null;
    }

    /** A count, 0 where there is none or it makes no sense. */
    static int count(JsonNode parent, String field) {
        JsonNode node = parent.path(field);
        return node.isNumber() ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, node.doubleValue())) : 0;
    }
}
