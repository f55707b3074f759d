package io.github.ultrafeedback.onnx.internal.sampling;

/**
 * Writes a row of logits as a table of at most {@link #ROWS} rows, tokens in reading order, and takes the highest logit
 * of each column. A maximum has no rounding, so every implementation gives the same bits: as with {@link Math#max}, a
 * NaN makes its column NaN, and zero is above negative zero.
 */
interface ColumnMaxima {
    /**
     * Tokens a column has at most. More rows: fewer exponentials before the first point of a draw, but up to so many
     * points. Of 16, 32, 64, 128 and 256, 64 was the fastest or within noise of it, for vocabularies of 49,152 and
     * 151,936.
     */
    int ROWS = 64;

    /**
     * How many columns a vocabulary has.
     *
     * @param vocab at least 1
     * @return at least 1
     */
    static int columns(int vocab) {
        return (vocab + ROWS - 1) / ROWS;
    }

    /**
     * Fills {@code maxima}.
     *
     * @param logits shape {@code [vocab]}; token t stands in column {@code t % columns}
     * @param maxima shape {@code [columns]}, overwritten
     */
    void reduce(float[] logits, float[] maxima);
}
