package io.github.ultrafeedback.onnx.internal.sampling;

/** Floats as ints of the same order, so that they can be packed, sorted and counted as ints. */
final class SortableFloat {
    private SortableFloat() {}

    /** An int that is lower for a lower float; negative zero comes below zero, NaN highest. */
    static int encode(float value) {
        return flip(Float.floatToIntBits(value));
    }

    static float decode(int key) {
        return Float.intBitsToFloat(flip(key));
    }

    /** Turns the magnitude of negative numbers round, since their bits count upwards as the value falls. */
    private static int flip(int bits) {
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }
}
