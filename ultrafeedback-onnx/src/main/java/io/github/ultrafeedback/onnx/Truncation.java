package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.PromptTooLongException;
import java.util.Arrays;

/** What to do with a prompt that leaves too little room in the model's context. */
public enum Truncation {
    /** The prompt fails with {@link PromptTooLongException} if it leaves no room for a single token. The default. */
    NONE,
    /**
     * Keeps the last {@code context - maxTokens} tokens, so that the whole answer fits: the pipeline's
     * {@code handle_long_generation="hole"}. System text and start token are the first to go. Where {@code maxTokens}
     * alone fills the context, a prompt that fits is left alone, and one that does not fails.
     */
    HOLE,
    /** Keeps {@code context - maxTokens} tokens from both ends in equal parts and drops the middle. */
    MIDDLE;

    /**
     * The tokens to read.
     *
     * @param promptIds the whole prompt, not changed
     * @param maxTokens room that the answer wants
     * @param contextLength tokens of prompt and answer together
     * @return the same array where nothing is dropped
     * @throws PromptTooLongException if too little room is left
     */
    public int[] apply(int[] promptIds, int maxTokens, int contextLength) {
        int room = contextLength - maxTokens;
        if (this == NONE || promptIds.length <= room || (room <= 0 && promptIds.length < contextLength)) {
            if (promptIds.length >= contextLength) {
                throw tooLong(promptIds.length, contextLength, "shorten it, or choose a Truncation");
            }
            return promptIds;
        }
        if (room <= 0) {
            throw tooLong(
                    promptIds.length, contextLength, "maxTokens alone, " + maxTokens + ", fills the context; lower it");
        }
        return this == HOLE
                ? Arrays.copyOfRange(promptIds, promptIds.length - room, promptIds.length)
                : ends(promptIds, room);
    }

    private static int[] ends(int[] ids, int room) {
        int head = (room + 1) / 2;
        int[] kept = Arrays.copyOf(ids, room);
        System.arraycopy(ids, ids.length - (room - head), kept, head, room - head);
        return kept;
    }

    private static PromptTooLongException tooLong(int promptTokens, int contextLength, String fix) {
        return new PromptTooLongException(
                "The prompt has " + promptTokens + " tokens, and the model's context of " + contextLength
                        + " must hold prompt and answer: " + fix + ".",
                promptTokens,
                contextLength,
                Certainty.NOT_SENT);
    }
}
