package io.github.ultrafeedback;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the n answers to a prompt.
 *
 * @param index 0 for the first
 * @param text the answer, without the stop string unless it was asked for
 * @param tokenIds the ids that were drawn, the one that ended the choice included; empty where the backend does not
 *     know; kept at four bytes an id, see {@link #tokenIdArray}
 * @param logprobs one for each token if they were asked for, else empty
 * @param finishReason why it ended
 * @param stopReason the stop string or stop token that ended it; null for the model's own end token and any other end
 */
public record Choice(
        int index,
        String text,
        List<Integer> tokenIds,
        List<TokenLogprob> logprobs,
        FinishReason finishReason,
        @Nullable StopReason stopReason) {
    /**
     * Copies the lists.
     *
     * @throws NullPointerException if anything but {@code stopReason} is null
     * @throws IllegalArgumentException if {@code index} is negative
     */
    public Choice {
        Checks.atLeast("index", index, 0, "0 is the first choice");
        Objects.requireNonNull(text, "text must not be null");
        tokenIds = TokenIds.copyOf(tokenIds);
        logprobs = List.copyOf(logprobs);
        Objects.requireNonNull(finishReason, "finishReason must not be null");
    }

    /**
     * A choice whose ids come as an array, which is copied and never boxed.
     *
     * @param index 0 for the first
     * @param text the answer
     * @param tokenIds the ids that were drawn
     * @param logprobs one for each token if they were asked for, else empty
     * @param finishReason why it ended
     * @param stopReason the stop string or stop token that ended it, or null
     * @throws NullPointerException if anything but {@code stopReason} is null
     * @throws IllegalArgumentException if {@code index} is negative
     */
    public Choice(
            int index,
            String text,
            int[] tokenIds,
            List<TokenLogprob> logprobs,
            FinishReason finishReason,
            @Nullable StopReason stopReason) {
        this(index, text, TokenIds.copyOf(tokenIds), logprobs, finishReason, stopReason);
    }

    /**
     * The ids of {@link #tokenIds} without a box around each.
     *
     * @return a copy
     */
    public int[] tokenIdArray() {
        return TokenIds.copyOf(tokenIds).toIntArray();
    }

    /**
     * A choice of which only the text and the end are known.
     *
     * @param index 0 for the first
     * @param text the answer
     * @param finishReason why it ended
     * @return the choice
     */
    public static Choice of(int index, String text, FinishReason finishReason) {
        return new Choice(index, text, List.of(), List.of(), finishReason, null);
    }

    /** Names the choice without its text, which must not reach a log. */
    @Override
    public String toString() {
        return "Choice[index=" + index + ", chars=" + text.length() + ", tokens=" + tokenIds.size() + ", finishReason="
                + finishReason + ", stopReason=" + stopReason + "]";
    }
}
