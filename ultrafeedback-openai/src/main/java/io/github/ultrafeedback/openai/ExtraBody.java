package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.Map;
import java.util.Set;

/** The fields that the user adds to each body, or takes out of it. Immutable. */
final class ExtraBody {
    /** Those that we may write: null takes one of them out. */
    private static final Set<String> OURS = Set.of(
            "model",
            "messages",
            "prompt",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "n",
            "presence_penalty",
            "frequency_penalty",
            "seed",
            "logit_bias",
            "stop",
            "logprobs",
            "top_logprobs",
            "stream",
            "stream_options",
            "top_k",
            "min_p",
            "repetition_penalty",
            "min_tokens",
            "stop_token_ids",
            "ignore_eos",
            "include_stop_str_in_output",
            "skip_special_tokens",
            "repeat_penalty",
            "repeat_last_n",
            "samplers");

    private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

    /** Refuses what is no JSON. */
    ExtraBody(Map<String, Object> values) {
        values.forEach((name, value) -> {
            try {
                fields.set(name, Json.MAPPER.valueToTree(value));
            } catch (IllegalArgumentException e) { // its message may show the value
                throw new InvalidRequestException("extraBody field '" + name
                        + "' must be a text, number, boolean, null, list or map, got "
                        + (value == null ? "null" : value.getClass().getName()));
            }
        });
    }

    void addTo(ObjectNode body) {
        fields.properties().forEach(field -> {
            if (field.getValue().isNull() && OURS.contains(field.getKey())) {
                body.remove(field.getKey());
            } else {
                body.set(field.getKey(), field.getValue());
            }
        });
    }

    /** Whether the user decides about this field. */
    boolean has(String field) {
        return fields.has(field);
    }
}
