package io.github.ultrafeedback.onnx.internal.sampling;

/** The greedy choice. */
final class Argmax {
    private Argmax() {}

    /**
     * The lowest id among the tokens with the highest logit.
     *
     * @param logits shape {@code [vocab]}
     * @param maxima the highest logit of each column
     * @param highest the highest logit, finite
     */
    static int lowestId(float[] logits, float[] maxima, float highest) {
        int lowest = logits.length;
        for (int column = 0; column < maxima.length; column++) {
            if (maxima[column] == highest) {
                lowest = Math.min(lowest, firstInColumn(logits, column, maxima.length, highest));
            }
        }
        return lowest;
    }

    private static int firstInColumn(float[] logits, int column, int columns, float value) {
        int token = column;
        while (logits[token] != value) {
            token += columns;
        }
        return token;
    }
}
