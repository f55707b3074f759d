package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** Reads a response that is one JSON object. */
final class JsonReader {
    private static final int LONGEST = 16 << 20;

    private JsonReader() {}

    static ResponseReader<JsonNode> open() {
        return new WholeBody<>(LONGEST, JsonReader::read);
    }

    private static JsonNode read(int status, HttpHeaders headers, byte[] body) {
        if (status < 200 || status >= 300) {
            throw ErrorReader.failure(status, headers, body);
        }
        JsonNode root = Json.object(body);
        if (root == null) {
            throw AnswerChoices.bad("The server answered " + status + " with a body that is no JSON object");
        }
        return root;
    }
}
