package io.github.ultrafeedback.dataset.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.dataset.error.JournalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What an export needs of a completion that the journal kept.
 *
 * @param model the model as it was asked for
 * @param text the first answer, as the model wrote it
 * @param finishReason why it ended
 * @param tokenIds its tokens; empty where the backend does not know them
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the answer
 * @param seed the seed that took effect; empty where the backend has none
 * @param params the parameters that took effect, as JSON
 * @param attempts how often the backend asked
 * @param provenance further facts by name
 */
public record KeptAnswer(
        String model,
        String text,
        String finishReason,
        List<Integer> tokenIds,
        int promptTokens,
        int completionTokens,
        OptionalLong seed,
        String params,
        int attempts,
        Map<String, String> provenance) {

    /**
     * Reads what {@link CompletionJson} wrote.
     *
     * @param raw the text
     * @return the answer
     * @throws JournalException if it is something else
     */
    public static KeptAnswer read(String raw) {
        JsonNode node;
        try {
            node = JsonReading.MAPPER.readTree(raw);
        } catch (IOException e) { // without the cause, whose message may quote the answer
            throw new JournalException("an answer in the journal is no JSON; the journal is damaged", null);
        }
        JsonNode choice = node.path("choices").path(0);
        List<Integer> tokenIds = new ArrayList<>();
        choice.path("token_ids").forEach(id -> tokenIds.add(id.asInt()));
        Map<String, String> facts = new LinkedHashMap<>();
        node.path("provenance")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        return new KeptAnswer(
                node.path("model").asText(),
                choice.path("text").asText(),
                choice.path("finish_reason").asText(),
                tokenIds,
                node.path("usage").path("prompt_tokens").asInt(),
                node.path("usage").path("completion_tokens").asInt(),
                node.path("seed").isNull()
                        ? OptionalLong.empty()
                        : OptionalLong.of(node.path("seed").asLong()),
                node.path("params").toString(),
                node.path("attempts").asInt(),
                facts);
    }

    /** Names no text of the answer. */
    @Override
    public String toString() {
        return "KeptAnswer[model=" + model + ", chars=" + text.length() + ", finishReason=" + finishReason + "]";
    }
}
