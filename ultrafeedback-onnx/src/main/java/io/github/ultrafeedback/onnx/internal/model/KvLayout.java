package io.github.ultrafeedback.onnx.internal.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape of a KV cache: every layer has a key tensor and a value tensor of shape {@code [rows, heads, positions,
 * headSize]}.
 *
 * @param layers number of layers
 * @param heads KV heads of a layer
 * @param headSize numbers of one head at one position
 * @param type how a number is stored
 */
public record KvLayout(int layers, int heads, int headSize, KvType type) {
    static final String PAST = "past_key_values.";
    static final String PRESENT = "present.";
    static final String KEY = ".key";
    static final String VALUE = ".value";

    /**
     * Size of one row of one tensor.
     *
     * @param positions tokens it has room for
     * @return bytes
     */
    public long rowBytes(int positions) {
        return heads * headBytes(positions);
    }

    /** Size of one head of one row of one tensor. */
    long headBytes(int positions) {
        return (long) positions * headSize * type.bytes();
    }

    /**
     * Size of one position of one sequence in all tensors.
     *
     * @return bytes
     */
    public long positionBytes() {
        return tensors() * rowBytes(1);
    }

    /** Number of tensors: a key and a value for each layer. */
    int tensors() {
        return 2 * layers;
    }

    long[] shape(int rows, int positions) {
        return new long[] {rows, heads, positions, headSize};
    }

    /** The graph's names of its past inputs: key and value of layer 0, then of layer 1, and so on. */
    List<String> pastNames() {
        return names(PAST);
    }

    /** The graph's names of its present outputs, in the order of {@link #pastNames}. */
    List<String> presentNames() {
        return names(PRESENT);
    }

    private List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            names.add(prefix + layer + KEY);
            names.add(prefix + layer + VALUE);
        }
        return names;
    }
}
