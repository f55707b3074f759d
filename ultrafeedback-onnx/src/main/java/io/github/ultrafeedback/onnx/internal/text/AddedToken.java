package io.github.ultrafeedback.onnx.internal.text;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A token that is found in the text as a whole, before the vocabulary's own rules are applied.
 *
 * @param id its id
 * @param content its text
 * @param special whether decoding may leave it out
 * @param flags the entry of {@code tokenizer.json} it was read from, or an empty object
 */
record AddedToken(int id, String content, boolean special, JsonNode flags) {

    /** Reads an entry of {@code added_tokens} or of {@code added_tokens_decoder}, which names the id outside. */
    static AddedToken read(int id, JsonNode entry) {
        return new AddedToken(
                id, entry.path("content").asText(), entry.path("special").asBoolean(), entry);
    }

    /**
     * Whether a user must not be able to type it. Some checkpoints (DeepSeek, Qwen) forget to call their turn and fill
     * marks special, so those are known by their shape. Tags such as {@code <think>} are ordinary text on purpose.
     */
    boolean control() {
        return special || enclosed("<|", "|>") || enclosed("<\uFF5C", "\uFF5C>");
    }

    private boolean enclosed(String start, String end) {
        return content.length() > start.length() + end.length() && content.startsWith(start) && content.endsWith(end);
    }

    boolean flag(String name) {
        return flags.path(name).asBoolean();
    }

    /** The same token under other settings, special if either calls it so. */
    AddedToken overriddenBy(AddedToken other) {
        return new AddedToken(id, content, special || other.special, other.flags);
    }

    AddedToken asSpecial() {
        return new AddedToken(id, content, true, flags);
    }
}
