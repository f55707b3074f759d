package io.github.ultrafeedback.onnx.internal.sampling;

/** Goes through the table row by row: neighbouring columns do not wait for each other, as one running maximum would. */
final class ScalarColumnMaxima implements ColumnMaxima {
    @Override
    public void reduce(float[] logits, float[] maxima) {
        int columns = maxima.length;
        System.arraycopy(logits, 0, maxima, 0, columns);
        for (int start = columns; start < logits.length; start += columns) {
            raise(logits, start, maxima, Math.min(columns, logits.length - start));
        }
    }

    private static void raise(float[] logits, int start, float[] maxima, int columns) {
        for (int column = 0; column < columns; column++) {
            maxima[column] = Math.max(maxima[column], logits[start + column]);
        }
    }
}
