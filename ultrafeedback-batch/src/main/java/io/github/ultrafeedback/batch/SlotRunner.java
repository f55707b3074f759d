package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.onnx.internal.model.SlotDecoder;
import java.nio.FloatBuffer;

/** Runs a real model. */
final class SlotRunner implements ModelRunner {
    private final SlotDecoder decoder;

    SlotRunner(SlotDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public int vocabSize() {
        return decoder.vocabSize();
    }

    @Override
    public FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits) {
        return decoder.prefill(slot, ids, past, count, logits);
    }

    @Override
    public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
        return decoder.decode(rows, ids, lengths);
    }

    @Override
    public void copy(int from, int to, int length) {
        decoder.copy(from, to, length);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
