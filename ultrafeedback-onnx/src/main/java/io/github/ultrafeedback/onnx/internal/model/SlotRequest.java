package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.ModelLoadException;
import java.nio.file.Path;

/** How many sequences of what length were asked for, and what to say where they cannot be had. */
record SlotRequest(int slots, int capacity, int contextLength) {
    SlotRequest {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, got " + slots);
        }
        if (capacity < 1 || capacity > contextLength) {
            throw new IllegalArgumentException("capacity must be in [1, " + contextLength + "], got " + capacity);
        }
    }

    ModelLoadException plain(Path graph) {
        return new ModelLoadException("'" + graph + "' has plain attention, whose sequences cannot share a cache."
                + " Run it one sequence at a time by onnx:<folder>, or export it with GroupQueryAttention by"
                + " tools/export_llama.py.");
    }

    ModelLoadException tooLarge(GraphSignature signature, Throwable cause) {
        long cache = Math.multiplyExact(signature.kv().positionBytes(), (long) slots * capacity);
        long logits = (long) slots * signature.vocabSize() * Float.BYTES;
        return new ModelLoadException(
                "There is no memory for " + slots + " slots of " + capacity + " tokens: the KV cache takes "
                        + (cache >> 20) + " MiB at "
                        + signature.kv().positionBytes() + " bytes a token, the logits " + (logits >> 20)
                        + " MiB. Ask for fewer slots or fewer tokens, or raise -XX:MaxDirectMemorySize.",
                cause);
    }
}
