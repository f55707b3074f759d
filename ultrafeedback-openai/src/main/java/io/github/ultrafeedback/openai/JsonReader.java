package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Map;

/** Reads a response that is one JSON object. */
final class JsonReader implements ResponseReader<JsonNode> {
    private static final int LONGEST = 16 << 20;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    private int status;

    @Override
    public void head(int newStatus, HttpHeaders newHeaders) {
        status = newStatus;
        headers = newHeaders;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        byte[] taken = new byte[Math.min(bytes.remaining(), LONGEST - body.size())];
        bytes.get(taken);
        body.writeBytes(taken);
        bytes.position(bytes.limit());
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public JsonNode end() {
        if (status < 200 || status >= 300) {
            throw ErrorReader.failure(status, headers, body.toByteArray());
        }
        JsonNode root = Json.object(body.toByteArray());
        if (root == null) {
            throw AnswerChoices.bad("The server answered " + status + " with a body that is no JSON object");
        }
        return root;
    }
}
