package io.github.ultrafeedback.onnx.internal.sampling;

import org.jspecify.annotations.Nullable;

/**
 * Scratch arrays the size of a vocabulary, made once and used for every token of every sequence. It carries nothing
 * from one token to the next. One per thread: not thread-safe.
 */
public final class SamplingWorkspace {
    private final ColumnMaxima kernel;
    private final float[] row;
    private final float[] maxima;
    private final double[] cumulative;
    // What temperature alone does not need is made when it is first asked for.
    private int @Nullable [] keys;
    private int @Nullable [] digitCounts;
    private double @Nullable [] masses;
    private long @Nullable [] ranked;

    private SamplingWorkspace(int vocab, ColumnMaxima kernel) {
        if (vocab < 1) {
            throw new IllegalArgumentException("vocab must be at least 1, got " + vocab);
        }
        this.kernel = kernel;
        row = new float[vocab];
        maxima = new float[ColumnMaxima.columns(vocab)];
        cumulative = new double[maxima.length];
    }

    /**
     * A workspace that uses the Vector API where the JVM runs with it ({@code --add-modules jdk.incubator.vector}).
     *
     * @param vocab logits in a row, at least 1
     * @return a workspace of about 4.2 bytes per token, up to 16 when top-k and top-p are used
     * @throws IllegalArgumentException if {@code vocab} is below 1
     */
    public static SamplingWorkspace create(int vocab) {
        return new SamplingWorkspace(vocab, Kernels.best());
    }

    /**
     * A workspace that never uses the Vector API; the tokens are the same.
     *
     * @param vocab logits in a row, at least 1
     * @return a workspace
     * @throws IllegalArgumentException if {@code vocab} is below 1
     */
    public static SamplingWorkspace scalar(int vocab) {
        return new SamplingWorkspace(vocab, new ScalarColumnMaxima());
    }

    /**
     * How many logits a row has.
     *
     * @return at least 1
     */
    public int vocab() {
        return row.length;
    }

    /**
     * Whether maxima are taken with the Vector API.
     *
     * @return false where the JVM runs without it
     */
    public boolean vectorized() {
        return !(kernel instanceof ScalarColumnMaxima);
    }

    /** The copy of the logits that processors change. */
    float[] row() {
        return row;
    }

    /** The highest logit, NaN if there is one. Fills the column maxima. */
    float highest(float[] logits) {
        kernel.reduce(logits, maxima);
        float highest = Float.NEGATIVE_INFINITY;
        for (float max : maxima) {
            highest = Math.max(highest, max);
        }
        return highest;
    }

    /** The highest logit of each column, shape {@code [columns]}, as {@link #highest} last found them. */
    float[] maxima() {
        return maxima;
    }

    /** Takes every token below a bound out of the draw. */
    void dropBelow(float[] logits, float lowest) {
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] < lowest) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Shape {@code [columns]}. */
    double[] cumulative() {
        return cumulative;
    }

    /** Shape {@code [vocab]}. */
    int[] keys() {
        if (keys == null) {
            keys = new int[row.length];
        }
        return keys;
    }

    int[] digitCounts() {
        if (digitCounts == null) {
            digitCounts = new int[RadixSelect.DIGITS];
        }
        return digitCounts;
    }

    /** Shape {@code [NegativeExp.BINS]}. */
    double[] masses() {
        if (masses == null) {
            masses = new double[NegativeExp.BINS];
        }
        return masses;
    }

    /** Shape {@code [vocab]}. */
    long[] ranked() {
        if (ranked == null) {
            ranked = new long[row.length];
        }
        return ranked;
    }
}
