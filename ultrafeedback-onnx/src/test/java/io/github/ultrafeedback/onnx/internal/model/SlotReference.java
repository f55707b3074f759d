package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A prompt, tokens behind it, and what the sequential decoder says after the prompt and after each token. The tokens
 * are drawn blindly: equal bits need no sense.
 */
final class SlotReference {
    private final int[] prompt;
    private final int[] tokens;
    private final float[][] rows;

    private SlotReference(int[] prompt, int[] tokens, float[][] rows) {
        this.prompt = prompt;
        this.tokens = tokens;
        this.rows = rows;
    }

    /** Some begin with the same text, of which the shortest prompts have little and the longest all. */
    static List<SlotReference> of(OnnxModel model, int count, int longest, int steps, long seed) {
        Random random = new Random(seed);
        int vocab = model.signature().vocabSize();
        int[] system = random.ints(longest / 2, 0, vocab).toArray();
        List<SlotReference> references = new ArrayList<>();
        try (Decoder decoder = model.newDecoder()) {
            for (int i = 0; i < count; i++) {
                int length = i == 0 ? 1 : i == 1 ? longest : 1 + random.nextInt(longest);
                int[] prompt = random.ints(length, 0, vocab).toArray();
                if (i % 2 == 1) {
                    System.arraycopy(system, 0, prompt, 0, Math.min(length, system.length));
                }
                references.add(of(decoder, prompt, random.ints(steps, 0, vocab).toArray()));
            }
        }
        return references;
    }

    private static SlotReference of(Decoder decoder, int[] prompt, int[] tokens) {
        float[][] rows = new float[tokens.length + 1][];
        rows[0] = TinyModel.copy(decoder.prefill(prompt));
        for (int i = 0; i < tokens.length; i++) {
            rows[i + 1] = TinyModel.copy(decoder.decode(tokens[i]));
        }
        return new SlotReference(prompt, tokens, rows);
    }

    int[] prompt() {
        return prompt;
    }

    /** The token to feed after so many others. */
    int token(int drawn) {
        return tokens[drawn];
    }

    int steps() {
        return tokens.length;
    }

    int length() {
        return prompt.length;
    }

    /** The positions that a prompt of this one's can take over from the other's. */
    int sharedWith(SlotReference other) {
        int shared = 0;
        while (shared < Math.min(length(), other.length()) && prompt[shared] == other.prompt[shared]) {
            shared++;
        }
        return shared;
    }

    /** That a row of logits equals the one after so many tokens, bit for bit. */
    void check(int drawn, FloatBuffer logits, int row, String what) {
        float[] expected = rows[drawn];
        float[] found = new float[expected.length];
        logits.get(row * expected.length, found);
        for (int i = 0; i < found.length; i++) {
            if (Float.floatToRawIntBits(found[i]) != Float.floatToRawIntBits(expected[i])) {
                assertThat(found[i])
                        .as("%s: logit %d after a prompt of %d and %d tokens", what, i, length(), drawn)
                        .isEqualTo(expected[i]);
            }
        }
    }
}
