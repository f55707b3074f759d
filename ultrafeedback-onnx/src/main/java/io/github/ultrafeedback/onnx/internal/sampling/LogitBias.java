package io.github.ultrafeedback.onnx.internal.sampling;

import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.Map;

/** Adds a constant to the logits of single tokens. */
final class LogitBias implements LogitsProcessor {
    private final int[] ids;
    private final float[] biases;

    LogitBias(Map<Integer, Double> biasOfToken) {
        ids = new int[biasOfToken.size()];
        biases = new float[ids.length];
        int i = 0;
        for (Map.Entry<Integer, Double> entry : biasOfToken.entrySet()) {
            ids[i] = entry.getKey();
            biases[i++] = entry.getValue().floatValue();
        }
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] >= logits.length) {
                throw new InvalidRequestException("logitBias token id must be in [0, " + (logits.length - 1)
                        + "], the ids of this model, got " + ids[i] + "; leave it out");
            }
            logits[ids[i]] += biases[i];
        }
    }
}
