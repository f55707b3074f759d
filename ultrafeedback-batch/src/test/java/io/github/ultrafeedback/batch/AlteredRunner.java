package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;

/** Another runner, in which tests change something. */
class AlteredRunner implements ModelRunner {
    private final ModelRunner inner;

    AlteredRunner(ModelRunner inner) {
        this.inner = inner;
    }

    @Override
    public int vocabSize() {
        return inner.vocabSize();
    }

    @Override
    public FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits) {
        return inner.prefill(slot, ids, past, count, logits);
    }

    @Override
    public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
        return inner.decode(rows, ids, lengths);
    }

    @Override
    public void copy(int from, int to, int length) {
        inner.copy(from, to, length);
    }

    @Override
    public void close() {
        inner.close();
    }
}
