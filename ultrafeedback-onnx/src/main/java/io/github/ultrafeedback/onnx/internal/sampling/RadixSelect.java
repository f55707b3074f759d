package io.github.ultrafeedback.onnx.internal.sampling;

import java.util.Arrays;

/**
 * Finds the k-th highest of many ints in at most four passes, whatever their order: each pass counts by one byte, the
 * highest first, and keeps the ints that share the byte of the one sought.
 */
final class RadixSelect {
    static final int DIGITS = 256;

    private RadixSelect() {}

    /**
     * The k-th highest value, ties counted one by one.
     *
     * @param keys the values are the first {@code count}; reordered
     * @param count how many, at least {@code k}
     * @param k from 1
     * @param counts scratch space of {@link #DIGITS}
     */
    static int kthHighest(int[] keys, int count, int k, int[] counts) {
        int left = count;
        int rank = k;
        for (int shift = 24; shift >= 0 && left > 1; shift -= 8) {
            Arrays.fill(counts, 0);
            for (int i = 0; i < left; i++) {
                counts[digit(keys[i], shift)]++;
            }
            int digit = DIGITS - 1;
            while (counts[digit] < rank) {
                rank -= counts[digit--];
            }
            left = keep(keys, left, shift, digit);
        }
        return keys[0];
    }

    private static int keep(int[] keys, int count, int shift, int digit) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (digit(keys[i], shift) == digit) {
                keys[kept++] = keys[i];
            }
        }
        return kept;
    }

    private static int digit(int key, int shift) {
        return ((key ^ Integer.MIN_VALUE) >>> shift) & (DIGITS - 1); // the sign bit flipped: unsigned order
    }
}
