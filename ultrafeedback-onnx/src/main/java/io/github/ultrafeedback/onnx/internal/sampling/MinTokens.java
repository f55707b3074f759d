package io.github.ultrafeedback.onnx.internal.sampling;

/** Forbids every token that would end a choice before it holds {@code minTokens} tokens. */
final class MinTokens implements LogitsProcessor {
    private final int minTokens;
    private final int[] endIds;

    MinTokens(int minTokens, int[] endIds) {
        this.minTokens = minTokens;
        this.endIds = endIds.clone();
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        if (position >= minTokens) {
            return;
        }
        for (int id : endIds) {
            if (id < logits.length) { // a stop id that the model does not have can never be drawn
                logits[id] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
