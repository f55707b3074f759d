package io.github.ultrafeedback.onnx.internal.sampling;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows of logits for tests: seeded, and of every shape that is hard on a sampler. */
final class Logits {
    private Logits() {}

    static float[] noise(int vocab, double spread, long seed) {
        Random random = new Random(seed);
        float[] logits = new float[vocab];
        for (int i = 0; i < vocab; i++) {
            logits[i] = (float) (random.nextGaussian() * spread);
        }
        return logits;
    }

    /** Flat, peaked, huge, tied, with negative infinities, with both zeros, falling, and nothing but one token. */
    static List<float[]> hard(int vocab, long seed) {
        Random random = new Random(seed);
        float[] flat = new float[vocab];
        float[] zeros = new float[vocab];
        float[] peaked = noise(vocab, 1, seed);
        float[] huge = noise(vocab, 1e30, seed);
        float[] ties = noise(vocab, 2, seed);
        float[] holes = noise(vocab, 3, seed);
        float[] falling = new float[vocab];
        float[] single = new float[vocab];
        Arrays.fill(single, Float.NEGATIVE_INFINITY);
        single[random.nextInt(vocab)] = -3;
        peaked[random.nextInt(vocab)] = 30;
        for (int i = 0; i < vocab; i++) {
            zeros[i] = random.nextBoolean() ? -0f : 0f;
            ties[i] = Math.round(ties[i]);
            holes[i] = random.nextInt(3) == 0 ? holes[i] : Float.NEGATIVE_INFINITY;
            falling[i] = -i * 0.01f;
        }
        holes[0] = 0;
        return List.of(flat, zeros, peaked, huge, ties, holes, falling, single);
    }

    static FloatBuffer direct(float... logits) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(4 * logits.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(logits).flip();
    }
}
