package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;

/**
 * Times each run of a model. After a block of watched steps it repeats the next run as many times with nothing between:
 * the bare loop over the same shapes, in the same session. A repeated run writes the same numbers to the same places,
 * so the answers stay as they are.
 */
final class TimedRunner implements ModelRunner {
    private final ModelRunner runner;
    private final RunClock clock;

    TimedRunner(ModelRunner runner, RunClock clock) {
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public int vocabSize() {
        return runner.vocabSize();
    }

    @Override
    public FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits) {
        long start = System.nanoTime();
        FloatBuffer row = runner.prefill(slot, ids, past, count, logits);
        clock.prefilled(System.nanoTime() - start);
        return row;
    }

    @Override
    public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
        int repeats = clock.beforeDecode(rows);
        if (repeats > 0) {
            long start = System.nanoTime();
            for (int i = 0; i < repeats; i++) {
                runner.decode(rows, ids, lengths);
            }
            clock.repeated(System.nanoTime() - start);
        }
        long start = clock.decodeStarts();
        FloatBuffer logits = runner.decode(rows, ids, lengths);
        clock.decoded(rows, System.nanoTime() - start);
        return logits;
    }

    @Override
    public void copy(int from, int to, int length) {
        long start = System.nanoTime();
        runner.copy(from, to, length);
        clock.copied(System.nanoTime() - start);
    }

    @Override
    public void close() {
        runner.close();
    }
}
