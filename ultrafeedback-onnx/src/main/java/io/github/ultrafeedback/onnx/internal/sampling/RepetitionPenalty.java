package io.github.ultrafeedback.onnx.internal.sampling;

/** Divides positive and multiplies negative logits of tokens that prompt or answer hold, each once. */
final class RepetitionPenalty implements LogitsProcessor {
    private final float penalty;
    private final TokenHistory history;

    RepetitionPenalty(double penalty, TokenHistory history) {
        this.penalty = (float) penalty;
        this.history = history;
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        for (int i = 0; i < history.size(); i++) {
            int id = history.id(i);
            float logit = logits[id];
            logits[id] = logit < 0 ? logit * penalty : logit / penalty;
        }
    }
}
