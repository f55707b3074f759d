package io.github.ultrafeedback.onnx.internal.model;

/**
 * What a graph takes and gives, read from the graph itself: file names and configuration decide nothing here.
 *
 * @param attention how the cache grows
 * @param kv shape of the cache
 * @param feeds which inputs there are besides {@code input_ids} and the cache
 * @param logitsRows which positions the graph gives logits for
 * @param halfLogits whether the logits are float16 and not float32
 * @param vocabSize width of a row of logits
 */
public record GraphSignature(
        Attention attention, KvLayout kv, Feeds feeds, LogitsRows logitsRows, boolean halfLogits, int vocabSize) {

    /** How the cache grows. */
    public enum Attention {
        /** GroupQueryAttention: past and present may be one buffer of fixed capacity, written in place. */
        GROUP_QUERY,
        /** Plain attention: the present is a new tensor, the past with the new positions behind it. */
        PLAIN
    }

    /** Which positions of a run the graph gives logits for. */
    public enum LogitsRows {
        /** Those that the input {@code logits_idx} names: shape {@code [rows, vocab]}. */
        SELECTED,
        /** The last one: shape {@code [batch, 1, vocab]}. */
        LAST,
        /** Every one: shape {@code [batch, sequence, vocab]}. */
        ALL
    }

    /**
     * Inputs that say how long the sequence is.
     *
     * @param lengths {@code seqlens_k} and {@code total_sequence_length}, int32
     * @param mask {@code attention_mask}, int64, ones over past and new positions
     * @param positions {@code position_ids}, int64
     */
    public record Feeds(boolean lengths, boolean mask, boolean positions) {}
}
