package io.github.ultrafeedback.onnx.internal.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * Log-probabilities of the model's own distribution. Takes an exponential for each token, so it runs on request only.
 * Not thread-safe.
 */
final class RawLogprobs {
    private final long[] best; // ranks, best first
    private int found;
    private double logSum;

    RawLogprobs(int top) {
        best = new long[top];
    }

    /** Reads a row before the processors change it. */
    void measure(float[] logits, float highest) {
        double sum = 0;
        found = 0;
        for (int token = 0; token < logits.length; token++) {
            float logit = logits[token];
            sum += NegativeExp.of((double) highest - logit);
            // Ids ascend, so a tie with the worst of the best has a higher id than it, and loses.
            if (found < best.length || (found > 0 && logit > Rank.logit(best[found - 1]))) {
                insert(Rank.of(logit, token));
            }
        }
        logSum = highest + StrictMath.log(sum);
    }

    private void insert(long rank) {
        if (found < best.length) {
            found++;
        }
        int place = found - 1;
        while (place > 0 && best[place - 1] > rank) {
            best[place] = best[place - 1];
            place--;
        }
        best[place] = rank;
    }

    /** The measured row's answer, once the draw is known. */
    PositionLogprobs of(int drawn, float logit) {
        List<IdLogprob> top = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            top.add(score(Rank.token(best[i]), Rank.logit(best[i])));
        }
        return new PositionLogprobs(score(drawn, logit), top);
    }

    private IdLogprob score(int id, float logit) {
        return new IdLogprob(id, Math.min(0, logit - logSum));
    }
}
