package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;

/**
 * Runs a model over sequences in slots. Keeps no lengths: the caller does. One thread, but for {@link #close}. Every
 * row of logits is a view that the next call writes over.
 */
interface ModelRunner extends AutoCloseable {
    /** Width of a row of logits. */
    int vocabSize();

    /**
     * Computes the next tokens of a prompt.
     *
     * @param slot where the sequence lives
     * @param ids the prompt
     * @param past how many of its positions were computed before
     * @param count how many to compute now, as {@link Chunks} allows
     * @param logits whether the row after the last id is wanted
     * @return that row, or an empty buffer
     */
    FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits);

    /**
     * Appends one token to each of the slots 0 to {@code rows - 1}.
     *
     * @param rows how many slots
     * @param ids the tokens, at least {@code rows}
     * @param lengths positions computed before, at least {@code rows}
     * @return the logits, shape {@code [rows, vocab]}
     */
    FloatBuffer decode(int rows, int[] ids, int[] lengths);

    /** Copies the first {@code length} positions of a slot over another. */
    void copy(int from, int to, int length);

    @Override
    void close();
}
