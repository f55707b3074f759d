package io.github.ultrafeedback.onnx.internal.sampling;

/** Drops the tokens that are less than {@code minP} times as likely as the likeliest. */
final class MinP implements LogitsProcessor {
    private final double logMinP;

    MinP(double minP) {
        this.logMinP = StrictMath.log(minP);
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        // A ratio of probabilities is a difference of logits, so no softmax is needed.
        double lowest = workspace.highest(logits) + logMinP;
        float rounded = (float) lowest;
        workspace.dropBelow(logits, rounded < lowest ? Math.nextUp(rounded) : rounded);
    }
}
