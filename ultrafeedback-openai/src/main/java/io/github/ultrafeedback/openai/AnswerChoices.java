package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers an answer from one whole object, or from the chunks of a stream. Unknown fields are passed over. */
final class AnswerChoices {
    /** What an answer with too few choices teaches about the server. */
    static final ErrorFacts TOO_FEW = new ErrorFacts(0, null, null, "n", null, -1, -1);

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
            if (index >= call.params().n()) {
                continue; // more than were asked for
            }
            String reason = reason(node);
            if (!shaped(node, reason)) {
                throw bad("The server answered with a choice that is none");
            }
            ChoiceText choice = choice(index);
            part(choice, node);
            choice.finished(reason == null ? "unknown" : reason);
        }
    }

    /** Whether each choice has an index of its own; some servers write 0 to all. */
    private static boolean numbered(JsonNode list) {
        Set<Integer> seen = new HashSet<>();
        for (JsonNode choice : list) {
            JsonNode index = choice.path("index");
            if (!index.isInt() || index.intValue() < 0 || index.intValue() >= list.size()) {
                return false;
            }
            seen.add(index.intValue());
        }
        return seen.size() == list.size();
    }

    /** Whether this is a choice of one of the endpoints, or what a filter has left of one. */
    private static boolean shaped(JsonNode choice, @Nullable String reason) {
        return choice.path("message").isObject()
                || choice.has("text")
                || (choice.path("delta").isObject() && reason != null)
                || "content_filter".equals(reason);
    }

    /** Why the choice ended, or null where it has not: some servers write an empty text until it has. */
    private static @Nullable String reason(JsonNode choice) {
        JsonNode reason = choice.path("finish_reason");
        boolean none = reason.isNull()
                || reason.isMissingNode()
                || (reason.isTextual() && reason.textValue().isEmpty());
        return none ? null : reason.asText();
    }

    void chunk(JsonNode root) {
        facts(root);
        for (JsonNode node : root.path("choices")) {
            int index = node.path("index").asInt(0);
            if (index < 0) {
                throw bad("The server sent a choice with an index below 0");
            }
            if (index >= call.params().n()) {
                continue; // more than were asked for
            }
            ChoiceText choice = choice(index);
            part(choice, node);
            String reason = reason(node);
            if (reason != null) {
                choice.finished(reason);
            }
        }
    }

    private ChoiceText choice(int index) {
        return choices.computeIfAbsent(index, key -> new ChoiceText(key, call, cutAt));
    }

    private void part(ChoiceText choice, JsonNode node) {
        JsonNode message = node.path("message").isObject() ? node.path("message") : node.path("delta");
        choice.stoppedBy(node.path("stop_reason"));
        Logprobs.read(node.path("logprobs"), choice);
        for (JsonNode id : node.path("token_ids")) {
            choice.addToken(id.asInt());
        }
        String text = message.isObject() ? content(message) : text(node.path("text"));
        if (!text.isEmpty()) {
            choice.append(text);
        }
    }

    /** Null and nothing are an empty text; what is neither text nor these must not pass for one. */
    private static String text(JsonNode text) {
        if (!text.isTextual() && !text.isNull() && !text.isMissingNode()) {
            throw bad("The server answered with a text that is " + text.getNodeType());
        }
        return text.asText("");
    }

    /** The content, which may be null, text, or parts; where there is none, the words of a refusal. */
    private String content(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isArray()) {
            StringBuilder joined = new StringBuilder();
            content.forEach(part -> joined.append(part.isTextual() ? part.textValue() : text(part.path("text"))));
            return joined.toString();
        }
        String text = text(content);
        if (!text.isEmpty()) {
            return text;
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
        return choices.size() == call.params().n() && begunFinished();
    }

    /** Whether there are choices and each has ended, as many as they may be. */
    boolean begunFinished() {
        return !choices.isEmpty() && choices.values().stream().allMatch(ChoiceText::finished);
    }

    Answer end(HttpHeaders headers) {
        if (choices.isEmpty()) {
            throw bad("The server answered without any choice");
        }
        if (choices.size() != call.params().n()) {
            throw ApiFailure.remote(
                    ApiFailure.Kind.INVALID,
                    "n is " + call.params().n() + " but the server gave " + choices.size()
                            + " choices: it seems to ignore n; ask several times with n 1",
                    Certainty.MAYBE_DONE,
                    TOO_FEW,
                    headers);
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
