package io.github.ultrafeedback.onnx.internal.sampling;

/** A logit and its token in one long: the lower the long, the higher the logit; ties by the lowest token. */
final class Rank {
    private Rank() {}

    static long of(float logit, int token) {
        return ((long) SortableFloat.encode(0f - logit) << 32) | token; // 0 - x makes the two zeros one
    }

    static float logit(long rank) {
        return 0f - SortableFloat.decode((int) (rank >> 32));
    }

    static int token(long rank) {
        return (int) rank;
    }
}
