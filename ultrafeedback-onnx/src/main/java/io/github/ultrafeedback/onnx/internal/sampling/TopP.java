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
        long[] ranked = workspace.ranked();
        int count = dropBelowBin(logits, highest, bin, ranked);
        Arrays.sort(ranked, 0, count);
        double sum = before;
        int kept = 0;
        while (kept < count && sum < target) {
            sum += NegativeExp.of((double) highest - Rank.logit(ranked[kept++]));
        }
        for (int i = kept; i < count; i++) {
            logits[Rank.token(ranked[i])] = Float.NEGATIVE_INFINITY;
        }
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

    /** Drops what lies below a bin, and ranks what lies in it; returns how many that is. */
    private static int dropBelowBin(float[] logits, float highest, int bin, long[] ranked) {
        float lowest = lowestWithin(highest, bin);
        float above = lowestWithin(highest, bin - 1);
        int count = 0;
        for (int token = 0; token < logits.length; token++) {
            float logit = logits[token];
            if (logit < above) { // asked first: the other way round takes JDK 25 four times as long
                if (logit >= lowest) {
                    ranked[count++] = Rank.of(logit, token);
                } else {
                    logits[token] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        return count;
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
