package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers an answer from one whole object, or from the chunks of a stream. Unknown fields are passed over. */
final class AnswerChoices {
    private final ChatCall call;
    private final List<String> cutAt;
    private final TreeMap<Integer, ChoiceText> choices = new TreeMap<>();
    private final Map<String, String> provenance = new LinkedHashMap<>();
    private Usage usage = Usage.of(0, 0);

    /** Takes the stop strings that the server was not told of. */
    AnswerChoices(ChatCall call, List<String> cutAt) {
        this.call = call;
        this.cutAt = cutAt;
    }

    void whole(JsonNode root) {
        facts(root);
        JsonNode list = root.path("choices");
        boolean numbered = numbered(list);
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.path(i);
            int index = numbered ? node.path("index").intValue() : i;
            ChoiceText choice = choice(index);
            part(choice, node, node.path("message"));
            choice.finished(node.path("finish_reason").asText("unknown"));
        }
    }

    /** Whether each choice has an index of its own; some servers write 0 to all. */
    private static boolean numbered(JsonNode list) {
        return list.findValues("index").stream()
                        .filter(JsonNode::isIntegralNumber)
                        .mapToInt(JsonNode::intValue)
                        .filter(index -> index >= 0 && index < list.size())
                        .distinct()
                        .count()
                == list.size();
    }

    void chunk(JsonNode root) {
        facts(root);
        for (JsonNode node : root.path("choices")) {
            int index = node.path("index").asInt(0);
            if (index < 0 || index >= call.params().n()) {
                throw bad("The server sent a choice with an index outside of those asked for");
            }
            ChoiceText choice = choice(index);
            part(choice, node, node.path("delta"));
            if (node.path("finish_reason").isTextual()) {
                choice.finished(node.path("finish_reason").textValue());
            }
        }
    }

    private ChoiceText choice(int index) {
        return choices.computeIfAbsent(index, key -> new ChoiceText(key, call, cutAt));
    }

    private void part(ChoiceText choice, JsonNode node, JsonNode message) {
        choice.stoppedBy(node.path("stop_reason"));
        Logprobs.read(node.path("logprobs"), choice);
        for (JsonNode id : node.path("token_ids")) {
            choice.addToken(id.asInt());
        }
        String text = message.isObject() ? content(message) : node.path("text").asText("");
        if (!text.isEmpty()) {
            choice.append(text);
        }
    }

    /** The content, which may be null, text, or parts; where there is none, the words of a refusal. */
    private String content(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isArray()) {
            StringBuilder joined = new StringBuilder();
            content.forEach(part -> joined.append(part.path("text").asText("")));
            return joined.toString();
        }
        if (content.isTextual() && !content.textValue().isEmpty()) {
            return content.textValue();
        }
        JsonNode refusal = message.path("refusal");
        if (refusal.isTextual() && !refusal.textValue().isEmpty()) {
            provenance.put("refusal", "true");
            return refusal.textValue();
        }
        return "";
    }

    private void facts(JsonNode root) {
        fact(root, "id", "response_id");
        fact(root, "model", "served_model");
        fact(root, "system_fingerprint", "system_fingerprint");
        fact(root, "service_tier", "service_tier");
        JsonNode node = root.path("usage");
        if (node.isObject()) {
            usage = new Usage(
                    Json.count(node, "prompt_tokens"),
                    Json.count(node, "completion_tokens"),
                    Json.count(node.path("prompt_tokens_details"), "cached_tokens"),
                    Json.count(node.path("completion_tokens_details"), "reasoning_tokens"));
        }
    }

    private void fact(JsonNode root, String field, String name) {
        String value = Json.text(root, field);
        if (value != null && !value.isEmpty()) {
            provenance.put(name, value);
        }
    }

    /** Whether each choice that was asked for has ended. */
    boolean finished() {
        return choices.size() == call.params().n() && choices.values().stream().allMatch(ChoiceText::finished);
    }

    Answer end(HttpHeaders headers) {
        if (choices.isEmpty()) {
            throw bad("The server answered without any choice");
        }
        if (choices.size() != call.params().n()) {
            throw ApiFailure.local(
                    ApiFailure.Kind.INVALID,
                    "n is " + call.params().n() + " but the server gave " + choices.size()
                            + " choices: it seems to ignore n; ask several times with n 1",
                    Certainty.MAYBE_DONE,
                    null);
        }
        List<Choice> ended = new ArrayList<>();
        for (ChoiceText choice : choices.values()) {
            String other = choice.otherReason();
            if (other != null) {
                provenance.put("finish_reason." + ended.size(), other);
            }
            ended.add(choice.end(ended.size()));
        }
        requestId(headers);
        return new Answer(ended, usage, provenance, headers);
    }

    private void requestId(HttpHeaders headers) {
        @Nullable String id = ErrorFacts.id(headers.firstValue("x-request-id").orElse(null));
        if (id != null) {
            provenance.put("request_id", id);
        }
    }

    static ApiFailure bad(String what) {
        return ApiFailure.local(ApiFailure.Kind.BAD_ANSWER, what, Certainty.MAYBE_DONE, null);
    }
}
