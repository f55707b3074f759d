package io.github.ultrafeedback.onnx.internal.sampling;

/** Takes {@code penalty} from the logit of a token for each time the answer holds it. */
final class FrequencyPenalty implements LogitsProcessor {
    private final float penalty;
    private final TokenHistory history;

    FrequencyPenalty(double penalty, TokenHistory history) {
        this.penalty = (float) penalty;
        this.history = history;
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        for (int i = 0; i < history.size(); i++) {
            logits[history.id(i)] -= penalty * history.drawn(i);
        }
    }
}
