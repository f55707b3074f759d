package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.SamplingParams;
import java.util.Collection;

/**
 * When a choice ends, judged by the ids of its tokens alone and without looking at text: cheap enough for the thread
 * that runs the model. In vLLM's order: end token, stop token, length. The stop strings between the last two are
 * {@link ChoiceText}'s. Not thread-safe.
 */
final class ChoiceLimits {
    private final int[] endIds;
    private final int[] stopIds;
    private final int minTokens;
    private final int room;
    private int drawn;

    ChoiceLimits(SamplingParams params, Collection<Integer> eosIds, int room) {
        this.endIds = params.ignoreEos() ? new int[0] : array(eosIds);
        this.stopIds = array(params.stopTokenIds());
        this.minTokens = params.minTokens();
        this.room = Math.min(params.maxTokens(), room);
    }

    TokenVerdict judge(int id) {
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

    int drawn() {
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
