package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of a batch: which of those handed in are sound, and those that come back. */
final class FakeBatchLines {
    private static final Set<String> FIELDS = Set.of("custom_id", "method", "url", "body");

    private FakeBatchLines() {}

    /** Returns what is wrong with the first line that is not sound, or null where all are. */
    static @Nullable ObjectNode fault(List<JsonNode> lines, JsonNode endpoint) {
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (JsonNode line : lines) {
            number++;
            if (!sound(line, endpoint, ids)) {
                return Json.MAPPER
                        .createObjectNode()
                        .put("code", "invalid_json_line")
                        .put("line", number);
            }
        }
        return null;
    }

    private static boolean sound(JsonNode line, JsonNode endpoint, Set<String> ids) {
        String id = line.path("custom_id").asText();
        Set<String> fields = new HashSet<>();
        line.fieldNames().forEachRemaining(fields::add);
        return fields.equals(FIELDS)
                && ids.add(id)
                && id.length() <= 64
                && line.path("method").asText().equals("POST")
                && line.path("url").equals(endpoint)
                && !line.path("body").has("stream");
    }

    /** Adds what becomes of a line to the one file or the other, or to neither. */
    static void write(JsonNode line, FakeBatches.Fate fate, List<String> output, List<String> errors) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("id", "batch_req_1");
        node.set("custom_id", line.path("custom_id"));
        switch (fate) {
            case ANSWERED ->
                output.add(answer(node, "Re: " + FakeBatches.words(line)).toString());
            case TWICE -> {
                output.add(answer(node, "Re: " + FakeBatches.words(line)).toString());
                output.add(output.get(output.size() - 1));
            }
            case FAILED -> errors.add(status(node, 500, "server_error", null).toString());
            case UNSUPPORTED -> {
                boolean modern = line.path("body").has("max_completion_tokens");
                errors.add(status(node, 400, "unsupported_parameter", modern ? "max_completion_tokens" : "max_tokens")
                        .toString());
            }
            case LATE -> errors.add(none(node, "batch_expired").toString());
            case STOPPED -> errors.add(none(node, "batch_cancelled").toString());
            case MISSING -> {}
            case GARBAGE -> output.add("{\"custom_id\":" + line.path("custom_id") + ",\"respo");
        }
    }

    private static ObjectNode answer(ObjectNode node, String text) {
        ObjectNode response = node.putObject("response").put("status_code", 200).put("request_id", "req_9");
        ObjectNode body = response.putObject("body").put("model", "gpt-4-0613");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        body.putObject("usage").put("prompt_tokens", 3).put("completion_tokens", 5);
        return node.putNull("error");
    }

    private static ObjectNode status(ObjectNode node, int status, String code, @Nullable String param) {
        ObjectNode response =
                node.putObject("response").put("status_code", status).put("request_id", "req_8");
        response.putObject("body")
                .putObject("error")
                .put("message", "No.")
                .put("code", code)
                .put("param", param);
        return node.putNull("error");
    }

    private static ObjectNode none(ObjectNode node, String code) {
        node.putNull("response").putObject("error").put("code", code).put("message", "Not done.");
        return node;
    }
}
