package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.SamplingParams;
import org.jspecify.annotations.Nullable;

/**
 * A sampling parameter behind a field of the body. Takes its name here, its value, and the one that changes nothing.
 */
record WireParam(String name, Object value, String neutral) {
    /** Null for a field that is none, or whose meaning hangs on the prompt as well. */
    static @Nullable WireParam of(String field, SamplingParams params) {
        return switch (field) {
            case "temperature" -> new WireParam("temperature", params.temperature(), "1.0");
            case "top_p" -> new WireParam("topP", params.topP(), "1.0");
            case "top_k" -> new WireParam("topK", params.topK(), "0");
            case "min_p" -> new WireParam("minP", params.minP(), "0.0");
            case "repetition_penalty", "repeat_penalty", "repeat_last_n" ->
                new WireParam("repetitionPenalty", params.repetitionPenalty(), "1.0");
            case "presence_penalty" -> new WireParam("presencePenalty", params.presencePenalty(), "0.0");
            case "frequency_penalty" -> new WireParam("frequencyPenalty", params.frequencyPenalty(), "0.0");
            case "n" -> new WireParam("n", params.n(), "1");
            case "logit_bias" -> new WireParam("logitBias", params.logitBias(), "{}");
            case "logprobs", "top_logprobs" -> new WireParam("logprobs", logprobs(params), "none");
            case "min_tokens" -> new WireParam("minTokens", params.minTokens(), "0");
            case "stop_token_ids" -> new WireParam("stopTokenIds", params.stopTokenIds(), "[]");
            case "ignore_eos" -> new WireParam("ignoreEos", params.ignoreEos(), "false");
            case "include_stop_str_in_output" -> new WireParam("includeStop", params.includeStop(), "false");
            case "skip_special_tokens" -> new WireParam("skipSpecialTokens", params.skipSpecialTokens(), "true");
            default -> null;
        };
    }

    private static Object logprobs(SamplingParams params) {
        return params.logprobs().isPresent() ? params.logprobs().getAsInt() : "none";
    }

    boolean changesNothing() {
        return value.toString().equals(neutral);
    }

    /** Names it, its value and what to do. */
    String refused() {
        return name + " must not be " + value + " for this model, which refuses it; set it to " + neutral
                + ", which is the same as to leave it out, or ask another model";
    }
}
