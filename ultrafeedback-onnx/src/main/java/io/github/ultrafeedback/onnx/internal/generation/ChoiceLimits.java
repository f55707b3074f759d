package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.SamplingParams;
import java.util.Collection;

/**
 * When a choice ends, judged by the ids of its tokens alone and without looking at text: cheap enough for the thread
 * that runs the model. In vLLM's order: end token, stop token, length. The stop strings between the last two are
 * {@link ChoiceText}'s. Not thread-safe.
 */
public final class ChoiceLimits {
    private final int[] endIds;
    private final int[] stopIds;
    private final int minTokens;
    private final int room;
    private int drawn;

    /**
     * Takes the limits of one choice.
     *
     * @param params those that take effect
     * @param eosIds the model's end tokens
     * @param room the most tokens that the context has room for behind the prompt, at least 1
     */
    public ChoiceLimits(SamplingParams params, Collection<Integer> eosIds, int room) {
        this.endIds = params.ignoreEos() ? new int[0] : array(eosIds);
        this.stopIds = array(params.stopTokenIds());
        this.minTokens = params.minTokens();
        this.room = Math.min(params.maxTokens(), room);
    }

    /**
     * Takes the next token.
     *
     * @param id what was drawn
     * @return what it does to the choice; after a verdict that ends it, no more tokens may come
     */
    public TokenVerdict judge(int id) {
        drawn++;
        boolean counts = drawn > minTokens;
        if (counts && contains(endIds, id)) {
            return TokenVerdict.END_TOKEN;
        }
        if (counts && contains(stopIds, id)) {
            return TokenVerdict.STOP_TOKEN;
        }
        return drawn < room ? TokenVerdict.GO_ON : TokenVerdict.LENGTH;
    }

    /**
     * How many tokens there were.
     *
     * @return at least 0
     */
    public int drawn() {
        return drawn;
    }

    private static int[] array(Collection<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    /** There are a handful, so looking at each beats a set and boxes nothing. */
    private static boolean contains(int[] ids, int id) {
        for (int each : ids) {
            if (each == id) {
                return true;
            }
        }
        return false;
    }
}
