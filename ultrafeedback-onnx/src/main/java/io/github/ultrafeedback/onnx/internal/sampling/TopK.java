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
        if (k >= logits.length || !Float.isFinite(workspace.highest(logits))) {
            return; // all are kept, or the draw reports what is wrong
        }
        int[] keys = workspace.keys();
        float bound = -Float.MAX_VALUE; // tokens that are out already do not compete
        int columns = collect(workspace.maxima(), bound, keys);
        if (k <= columns) {
            bound = kthHighest(keys, columns, workspace);
        }
        int count = collect(logits, bound, keys);
        if (k <= count) {
            workspace.dropBelow(logits, kthHighest(keys, count, workspace));
        }
    }

    private float kthHighest(int[] keys, int count, SamplingWorkspace workspace) {
        return SortableFloat.decode(RadixSelect.kthHighest(keys, count, k, workspace.digitCounts()));
    }

    private static int collect(float[] values, float bound, int[] keys) {
        int count = 0;
        for (float value : values) {
            if (value >= bound) {
                keys[count++] = SortableFloat.encode(value);
            }
        }
        return count;
    }
}
