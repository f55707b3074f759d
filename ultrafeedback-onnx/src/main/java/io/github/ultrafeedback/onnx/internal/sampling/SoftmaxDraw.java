package io.github.ultrafeedback.onnx.internal.sampling;

/**
 * Draws a token in proportion to the exponential of its logit, without an exponential for each token.
 *
 * <p>The logits are laid out as a table ({@link ColumnMaxima}). No token of a column is likelier than the column's
 * highest, so a staircase with one step for each column, as high as the exponential of the column's maximum, covers the
 * distribution. A point is drawn evenly under the staircase: column, row, height. If it lies under the distribution as
 * well, its token is the draw; otherwise the next point is taken (rejection: von Neumann, 1951). A token is drawn with
 * exactly its probability: the masses left out are bounded by the staircase, and one is computed when a point falls on
 * it.
 *
 * <p><b>Cost.</b> One maximum for each token, one exponential for each column (1/64 of the vocabulary), and one for
 * each point. The distribution fills at least 1/64 of the staircase, since each column's highest token touches it: so
 * at most 64 points on average, however peaked or flat the logits are.
 *
 * <p><b>The same token everywhere.</b> It depends on the logits' bits and the address alone. Maxima are exact,
 * whichever way they are taken. All else is one scalar computation that every path shares: {@link NegativeExp} and sums
 * of doubles in column order, which Java fixes to the bit. So there is no margin within which two paths could differ.
 */
final class SoftmaxDraw {
    private SoftmaxDraw() {}

    /**
     * Draws one token.
     *
     * @param logits shape {@code [vocab]}; those at negative infinity are never drawn
     * @param maxima the highest logit of each column
     * @param highest the highest logit, finite
     * @param cumulative scratch space, shape {@code [columns]}
     * @param key the address, {@link RandomStream#key}
     * @return its id
     */
    static int draw(float[] logits, float[] maxima, float highest, double[] cumulative, long key) {
        double total = stack(maxima, highest, cumulative);
        int columns = maxima.length;
        for (long counter = 0; ; counter += 2) {
            long bits = RandomStream.bits(key, counter);
            int column = firstAbove(cumulative, RandomStream.uniform(bits) * total);
            // The column took the highest 53 bits; the row takes 6 of the others, so the two are independent.
            int token = (int) (bits & (ColumnMaxima.ROWS - 1)) * columns + column;
            if (token >= logits.length) {
                continue; // the last row of the table is shorter
            }
            double height = RandomStream.uniform(RandomStream.bits(key, counter + 1));
            if (height < NegativeExp.of((double) maxima[column] - logits[token])) {
                return token;
            }
        }
    }

    private static double stack(float[] maxima, double highest, double[] cumulative) {
        double total = 0;
        for (int column = 0; column < maxima.length; column++) {
            total += NegativeExp.of(highest - maxima[column]);
            cumulative[column] = total;
        }
        return total;
    }

    private static int firstAbove(double[] cumulative, double target) {
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
