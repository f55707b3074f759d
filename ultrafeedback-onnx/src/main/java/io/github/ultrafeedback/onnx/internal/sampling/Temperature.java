package io.github.ultrafeedback.onnx.internal.sampling;

/** Divides the logits: below 1 the likely become likelier, above 1 the unlikely do. */
final class Temperature implements LogitsProcessor {
    private final float temperature;

    Temperature(double temperature) {
        this.temperature = (float) temperature;
    }

    @Override
    public void process(float[] logits, int position, SamplingWorkspace workspace) {
        for (int token = 0; token < logits.length; token++) {
            logits[token] /= temperature; // not times 1 / temperature, which differs in the last bit from transformers
        }
    }
}
