package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.InvalidRequestException;

/** Keeps ids that the graph does not know away from the runtime. */
final class TokenIds {
    private TokenIds() {}

    /** The runtime takes -1 without a word and reads the table's last row. */
    static void requireKnown(int id, int position, int vocabSize) {
        if (id < 0 || id >= vocabSize) {
            throw new InvalidRequestException(
                    "The token at position " + position + " has the id " + id
                            + "; the graph knows 0 to " + (vocabSize - 1)
                            + ". The tokenizer does not belong to the graph, or has added tokens the graph was not trained with.");
        }
    }
}
