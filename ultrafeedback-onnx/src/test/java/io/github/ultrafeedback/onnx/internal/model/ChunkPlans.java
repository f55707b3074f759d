package io.github.ultrafeedback.onnx.internal.model;

import java.util.Random;

/** Any legal way to cut a prompt: chunks of 2 to 64, of 1 only where the prompt has no more. */
final class ChunkPlans {
    private ChunkPlans() {}

    static int next(int remaining, Random random) {
        if (remaining <= 2) {
            return remaining;
        }
        int count = 2 + random.nextInt(Math.min(PrefillPlan.MAX_CHUNK, remaining) - 1);
        if (remaining - count != 1) {
            return count;
        }
        return count > 2 ? count - 1 : count + 1;
    }
}
