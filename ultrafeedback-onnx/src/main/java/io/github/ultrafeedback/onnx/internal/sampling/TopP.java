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
        int count = rankBin(logits, highest, bin, ranked);
        if (count == 0) { // rounding alone carried the sum past every token
            return;
        }
        int last = 0;
        double sum = before + mass(ranked[0], highest);
        while (last < count - 1 && sum < target) {
            sum += mass(ranked[++last], highest);
        }
        dropAfter(logits, ranked[last]);
    }

    private static double sumBins(float[] logits, double highest, double[] masses) {
        Arrays.fill(masses, 0);
        for (float logit : logits) {
            double distance = highest - logit;
            if (NegativeExp.inRange(distance)) {
                int bin = NegativeExp.bin(distance);
                masses[bin] += NegativeExp.withinBin(distance, bin);
            }
        }
        double total = 0;
        for (int bin = 0; bin < masses.length; bin++) {
            masses[bin] *= NegativeExp.ofMiddle(bin);
            total += masses[bin];
        }
        return total;
    }

    private static int rankBin(float[] logits, double highest, int bin, long[] ranked) {
        int count = 0;
        for (int token = 0; token < logits.length; token++) {
            double distance = highest - logits[token];
            if (NegativeExp.inRange(distance) && NegativeExp.bin(distance) == bin) {
                ranked[count++] = Rank.of(logits[token], token);
            }
        }
        Arrays.sort(ranked, 0, count);
        return count;
    }

    private static double mass(long rank, double highest) {
        return NegativeExp.of(highest - Rank.logit(rank));
    }

    private static void dropAfter(float[] logits, long last) {
        float lowest = Rank.logit(last);
        int lastTie = Rank.token(last);
        for (int token = 0; token < logits.length; token++) {
            float logit = logits[token];
            if (logit < lowest || (logit == lowest && token > lastTie)) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
