package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Sequences for tests of the bookkeeping: nobody draws. */
final class Sequences {
    private Sequences() {}

    static Sequence of(int promised, int... prompt) {
        return new Sequence(new Sequence.Prompt(prompt), promised, new Nobody());
    }

    /** A prompt of the numbers from {@code first} on. */
    static int[] count(int first, int length) {
        return IntStream.range(first, first + length).toArray();
    }

    /** Comes in, computes its prompt and joins the rows. */
    static Sequence run(SlotTable table, Sequence sequence) {
        table.place(sequence);
        table.computed(sequence, sequence.missing());
        table.join(sequence);
        return sequence;
    }

    private static final class Nobody implements Decoding {
        @Override
        public boolean over() {
            return false;
        }

        @Override
        public int next(FloatBuffer logits) {
            return END;
        }

        @Override
        public void begun() {}

        @Override
        public void fail(Throwable cause) {}
    }
}
