package io.github.ultrafeedback.onnx.internal.sampling;

import java.util.Arrays;

/**
 * Keeps the smallest set of likeliest tokens whose probabilities reach {@code p}, the token that crosses it included.
 * Equal logits rank by id, the lowest first, so the set is well defined.
 *
 * <p>No full sort: the mass is summed in bins by distance from the highest logit ({@link NegativeExp}), which rank as
 * their tokens do; only the tokens of the bin in which the sum crosses {@code p} are sorted. A bin's sum leaves out the
 * factor that its tokens share, so that a token costs a polynomial and no exponential. Tokens 64 or more below the
 * highest are never kept: all together they have less mass than 1 - p, which is at least 1.1e-16.
 *
 * <p>Sums are doubles, in the order of ids, on every path: the set is the same on every machine.
 */
final class TopP implements LogitsProcessor {
    private final double p;

    TopP(double p) {
        this.p = p;
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        float highest = workspace.highest(logits);
        if (!Float.isFinite(highest)) {
            return; // nothing to rank; the draw reports it
        }
        double[] masses = workspace.masses();
        double target = p * sumBins(logits, highest, masses);
        int bin = 0;
        double before = 0;
        while (bin < masses.length - 1 && before + masses[bin] < target) {
            before += masses[bin++];
        }
        keep(logits, highest, bin, target - before, workspace.ranked());
    }

    /**
     * Keeps what lies nearer than a bin, and of the bin itself the best until {@code missing} mass is reached. Fills
     * the row and writes back what is kept, usually a few tokens, since a store for each token dropped takes longer.
     */
    private static void keep(float[] logits, float highest, int bin, double missing, long[] ranked) {
        float nearer = lowestWithin(highest, bin - 1);
        int count = rankFrom(lowestWithin(highest, bin), logits, ranked);
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        int inBin = 0;
        for (int i = 0; i < count; i++) {
            if (Rank.logit(ranked[i]) >= nearer) {
                logits[Rank.token(ranked[i])] = Rank.logit(ranked[i]);
            } else {
                ranked[inBin++] = ranked[i];
            }
        }
        Arrays.sort(ranked, 0, inBin);
        double sum = 0;
        for (int i = 0; i < inBin && sum < missing; i++) {
            float logit = Rank.logit(ranked[i]);
            logits[Rank.token(ranked[i])] = logit;
            sum += NegativeExp.of((double) highest - logit);
        }
    }

    private static int rankFrom(float lowest, float[] logits, long[] ranked) {
        int count = 0;
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] >= lowest) {
                ranked[count++] = Rank.of(logits[token], token);
            }
        }
        return count;
    }

    private static double sumBins(float[] logits, double highest, double[] masses) {
        Arrays.fill(masses, 0);
        for (float logit : logits) {
            double distance = highest - logit;
            if (NegativeExp.inRange(distance)) {
                int bin = NegativeExp.bin(distance);
                masses[bin] += NegativeExp.withinBin(distance);
            }
        }
        double total = 0;
        for (int bin = 0; bin < masses.length; bin++) {
            masses[bin] *= NegativeExp.ofBin(bin);
            total += masses[bin];
        }
        return total;
    }

    /** The lowest logit that falls into a bin or one nearer; bisected, so that the loop compares floats alone. */
    private static float lowestWithin(float highest, int bin) {
        int outside = SortableFloat.encode(Float.NEGATIVE_INFINITY);
        int inside = SortableFloat.encode(Float.POSITIVE_INFINITY); // where no logit is
        while (inside - (long) outside > 1) {
            int middle = (int) (((long) outside + inside) >> 1);
            double distance = (double) highest - SortableFloat.decode(middle);
            if (NegativeExp.inRange(distance) && (distance < 0 ? -1 : NegativeExp.bin(distance)) <= bin) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return SortableFloat.decode(inside);
    }
}
