package io.github.ultrafeedback.onnx.internal.sampling;

import io.github.ultrafeedback.SamplingParams;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The same rules as the processors, the obvious way: doubles, full sorts, a softmax for each question. */
final class NaiveSampling {
    private NaiveSampling() {}

    /** The logits after every processor; negative infinity for a token that cannot be drawn. */
    static double[] process(
            float[] logits, SamplingParams params, List<Integer> prompt, List<Integer> drawn, List<Integer> ends) {
        double[] x = new double[logits.length];
        for (int i = 0; i < x.length; i++) {
            int token = i;
            long count = drawn.stream().filter(id -> id == token).count();
            x[i] = logits[i] + params.logitBias().getOrDefault(i, 0.0);
            if (drawn.size() < params.minTokens() && ends.contains(i)) {
                x[i] = Double.NEGATIVE_INFINITY;
            }
            if (count > 0 || prompt.contains(i)) {
                x[i] = x[i] < 0 ? x[i] * params.repetitionPenalty() : x[i] / params.repetitionPenalty();
            }
            x[i] -= params.frequencyPenalty() * count + (count > 0 ? params.presencePenalty() : 0);
            x[i] /= params.temperature();
        }
        minP(x, params.minP());
        topK(x, params.topK());
        topP(x, params.topP());
        return x;
    }

    static void minP(double[] x, double minP) {
        double[] p = softmax(x);
        double highest =
                IntStream.range(0, p.length).mapToDouble(i -> p[i]).max().orElseThrow();
        for (int i = 0; i < x.length; i++) {
            if (p[i] < minP * highest) {
                x[i] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    static void topK(double[] x, int k) {
        if (k == 0 || k >= x.length) {
            return;
        }
        double kth = x[ranked(x).get(k - 1)];
        for (int i = 0; i < x.length; i++) {
            if (x[i] < kth) {
                x[i] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    static void topP(double[] x, double topP) {
        if (topP == 1) {
            return;
        }
        double[] p = softmax(x);
        double before = 0;
        for (int id : ranked(x)) {
            if (before >= topP) {
                x[id] = Double.NEGATIVE_INFINITY;
            }
            before += p[id];
        }
    }

    private static List<Integer> ranked(double[] x) {
        return IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> 0.0 - x[i]).thenComparing(i -> i))
                .toList();
    }

    static double[] softmax(double[] x) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            highest = Math.max(highest, value);
        }
        double sum = 0;
        double[] p = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            p[i] = Math.exp(x[i] - highest);
            sum += p[i];
        }
        for (int i = 0; i < x.length; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
