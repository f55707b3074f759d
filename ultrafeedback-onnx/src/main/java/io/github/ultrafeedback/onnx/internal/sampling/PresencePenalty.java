package io.github.ultrafeedback.onnx.internal.sampling;

/** Takes {@code penalty} from the logit of a token that the answer holds, however often. */
final class PresencePenalty implements LogitsProcessor {
    private final float penalty;
    private final TokenHistory history;

    PresencePenalty(double penalty, TokenHistory history) {
        this.penalty = (float) penalty;
        this.history = history;
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        for (int i = 0; i < history.size(); i++) {
            if (history.drawn(i) > 0) {
                logits[history.id(i)] -= penalty;
            }
        }
    }
}
