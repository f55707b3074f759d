package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.onnx.internal.model.PrefillPlan;
import io.github.ultrafeedback.onnx.internal.model.SlotDecoder;
import java.nio.FloatBuffer;

/** Computes prompts in slots without an engine. */
final class Prefills {
    private Prefills() {}

    /** Computes a whole prompt; returns the logits after it. */
    static FloatBuffer whole(SlotDecoder decoder, int slot, int[] ids) {
        int past = 0;
        while (true) {
            int left = ids.length - past;
            int count = PrefillPlan.next(left);
            FloatBuffer logits = decoder.prefill(slot, ids, past, count, count == left);
            past += count;
            if (past == ids.length) {
                return logits;
            }
        }
    }
}
