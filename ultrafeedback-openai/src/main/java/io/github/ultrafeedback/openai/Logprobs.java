package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.TokenLogprob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the logprobs of chats and of legacy completions. Servers name tokens by text: the id is -1. */
final class Logprobs {
    private static final int UNKNOWN_ID = -1;

    private Logprobs() {}

    static void read(JsonNode logprobs, ChoiceText choice) {
        for (JsonNode token : logprobs.path("content")) {
            choice.add(chat(token));
        }
        JsonNode tokens = logprobs.path("tokens");
        for (int i = 0; i < tokens.size(); i++) {
            JsonNode logprob = logprobs.path("token_logprobs").path(i);
            List<TokenLogprob> top = top(logprobs.path("top_logprobs").path(i));
            choice.add(new TokenLogprob(text(tokens.path(i)), UNKNOWN_ID, number(logprob), top));
        }
    }

    private static TokenLogprob chat(JsonNode token) {
        List<TokenLogprob> top = new ArrayList<>();
        for (JsonNode other : token.path("top_logprobs")) {
            top.add(single(other, List.of()));
        }
        return single(token, top);
    }

    private static TokenLogprob single(JsonNode token, List<TokenLogprob> top) {
        return new TokenLogprob(text(token.path("token")), UNKNOWN_ID, number(token.path("logprob")), top);
    }

    private static List<TokenLogprob> top(JsonNode byText) {
        List<TokenLogprob> top = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : byText.properties()) {
            top.add(new TokenLogprob(entry.getKey(), UNKNOWN_ID, number(entry.getValue()), List.of()));
        }
        return top;
    }

    private static String text(JsonNode token) {
        return token.isTextual() ? token.textValue() : "";
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }
}
