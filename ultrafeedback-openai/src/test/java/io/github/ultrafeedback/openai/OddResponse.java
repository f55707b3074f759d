package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the corpus in {@code odd/*.json}: how the request is made ({@code stream}, {@code n}, {@code legacy}),
 * what each attempt is answered ({@code reply}, or {@code replies}, of which the last counts for all that follow), and
 * what is expected.
 */
record OddResponse(JsonNode entry) {
    private static final List<String> FILES = List.of("bodies", "choices", "streams", "errors", "wire", "headers");

    static List<OddResponse> all() {
        List<OddResponse> all = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = OddResponse.class.getResourceAsStream("odd/" + file + ".json")) {
                Json.MAPPER.readTree(Objects.requireNonNull(in, file)).forEach(node -> all.add(new OddResponse(node)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    String name() {
        return entry.path("name").textValue();
    }

    boolean streams() {
        return entry.path("stream").booleanValue();
    }

    boolean legacy() {
        return entry.path("legacy").booleanValue();
    }

    int n() {
        return entry.path("n").asInt(1);
    }

    /** The reply to an attempt, 0 for the first. */
    JsonNode reply(int attempt) {
        JsonNode replies = entry.path("replies");
        return entry.has("reply") ? entry.path("reply") : replies.path(Math.min(attempt, replies.size() - 1));
    }

    JsonNode expect() {
        return entry.path("expect");
    }

    /** What the token listener must have heard, or null where that is left open. */
    @Nullable String heard() {
        return expect().path("heard").textValue();
    }

    /** What makes two entries the same. */
    String sent() {
        ObjectNode sent = entry.deepCopy();
        sent.remove(List.of("name", "expect"));
        return sent.toString();
    }

    @Override
    public String toString() {
        return name();
    }
}
