package io.github.ultrafeedback.onnx.internal.sampling;

/**
 * Keeps the {@code k} likeliest tokens, and every tie with the last of them.
 *
 * <p>The k-th highest of the column maxima is no higher than the k-th highest logit, since k columns hold a logit that
 * reaches it. So for a usual k only the few logits above that bound compete.
 */
final class TopK implements LogitsProcessor {
    private final int k;

    TopK(int k) {
        this.k = k;
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        if (k >= logits.length) {
            return;
        }
        int[] keys = workspace.keys();
        int[] counts = workspace.digitCounts();
        workspace.highest(logits);
        float[] maxima = workspace.maxima();
        float bound = Float.NEGATIVE_INFINITY;
        if (k <= maxima.length) {
            bound = kthHighest(keys, collect(maxima, bound, keys), counts);
        }
        workspace.dropBelow(logits, kthHighest(keys, collect(logits, bound, keys), counts));
    }

    private float kthHighest(int[] keys, int count, int[] counts) {
        return SortableFloat.decode(RadixSelect.kthHighest(keys, count, k, counts));
    }

    private static int collect(float[] values, float bound, int[] keys) {
        int count = 0;
        for (float value : values) {
            if (!(value < bound)) { // written so that NaN counts: it must reach the draw
                keys[count++] = SortableFloat.encode(value);
            }
        }
        return count;
    }
}
