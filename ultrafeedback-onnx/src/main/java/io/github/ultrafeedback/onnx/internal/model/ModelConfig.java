package io.github.ultrafeedback.onnx.internal.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the configuration files of a folder say of the model. The graph has the last word on shapes.
 *
 * @param architecture the family, such as {@code llama}; {@code unknown} where no file says
 * @param eosTokenIds ids that end an answer, at least one
 * @param bosTokenId id that starts a sequence, where the model has one
 * @param contextLength the most tokens of prompt and answer together: the smallest number that a file gives
 * @param vocabSize number of ids, where a file says
 */
public record ModelConfig(
        String architecture,
        List<Integer> eosTokenIds,
        OptionalInt bosTokenId,
        int contextLength,
        OptionalInt vocabSize) {
    /** Copies the list. */
    public ModelConfig {
        eosTokenIds = List.copyOf(eosTokenIds);
    }
}
