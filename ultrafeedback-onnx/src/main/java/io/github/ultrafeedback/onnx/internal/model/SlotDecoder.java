package io.github.ultrafeedback.onnx.internal.model;

import java.nio.FloatBuffer;

/**
 * Runs many sequences of a GroupQueryAttention graph, each in a slot of one cache. {@link OnnxModel#newSlotDecoder}
 * makes one.
 *
 * <p>It keeps no lengths: the caller says at each call how many positions of a slot are computed, and may so start a
 * slot anew, go back, or go on. What lies beyond is neither read nor cleared. A call writes the slots it names and no
 * other. A sequence's logits are those of {@link Decoder}, bit for bit, whatever stands in other slots and however its
 * prompt was cut, for graphs and kernels that keep the rules of {@link PrefillPlan}.
 *
 * <p>A row of logits is float32, indexes 0 to {@link #vocabSize} - 1, in native memory that the next call writes over:
 * read it before. One thread at a time; {@link #close} may come from any thread and awaits a running call.
 */
public interface SlotDecoder extends AutoCloseable {
    /**
     * How many sequences have room.
     *
     * @return slots, numbered from 0
     */
    int slots();

    /**
     * The most positions of a slot.
     *
     * @return tokens of prompt and answer together
     */
    int capacity();

    /**
     * Width of a row of logits.
     *
     * @return ids the graph knows; may exceed the tokenizer's
     */
    int vocabSize();

    /**
     * What the model was made for.
     *
     * @return tokens; at least {@link #capacity}
     */
    int contextLength();

    /**
     * Computes a chunk of a prompt: {@code ids[past]} to {@code ids[past + count - 1]}, behind {@code past} positions
     * that are computed already. The ids before them are not looked at.
     *
     * @param slot where the sequence is
     * @param ids the prompt, at least {@code past + count} ids in [0, {@link #vocabSize})
     * @param past positions of the slot that are computed, 0 to start it anew
     * @param count ids of the chunk, 2 to {@link PrefillPlan#MAX_CHUNK}; 1 only with {@code past} 0, for a prompt of
     *     one token
     * @param logits whether to give the logits after the chunk's last id; without them a graph that takes
     *     {@code logits_idx} leaves its last layer out
     * @return one row, valid until the next call; empty without {@code logits}
     * @throws io.github.ultrafeedback.error.InvalidRequestException if an id of the chunk is out of range
     * @throws io.github.ultrafeedback.error.GenerationException if the runtime fails; then the chunk's positions count
     *     for nothing, those before them and other slots are as they were
     * @throws IllegalArgumentException if {@code slot}, {@code past} or {@code count} is out of range
     * @throws IllegalStateException if the slot has no room for the chunk, or the decoder is closed
     */
    FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits);

    /**
     * Appends one token to each of the slots 0 to {@code rows} - 1.
     *
     * @param rows how many, 1 to {@link #slots}
     * @param ids the token of each slot, in [0, {@link #vocabSize}); at least {@code rows} of them
     * @param lengths positions of each slot that are computed, 1 to {@link #capacity} - 1; at least {@code rows} of
     *     them
     * @return {@code rows} rows of logits, one after the other, valid until the next call
     * @throws io.github.ultrafeedback.error.InvalidRequestException if an id is out of range
     * @throws io.github.ultrafeedback.error.GenerationException if the runtime fails; then the new positions count for
     *     nothing
     * @throws IllegalArgumentException if {@code rows} or a length is out of range, or an array is too short
     * @throws IllegalStateException if a slot is full, or the decoder is closed
     */
    FloatBuffer decode(int rows, int[] ids, int[] lengths);

    /**
     * Copies the first positions of one slot over those of another, in all layers. Only they are moved.
     *
     * @param from the slot to read
     * @param to the slot to write; the same one changes nothing
     * @param length positions to copy, 0 to {@link #capacity}
     * @throws IllegalArgumentException if a slot or the length is out of range
     * @throws IllegalStateException if the decoder is closed
     */
    void copy(int from, int to, int length);

    /** Frees the native memory. Awaits a running call; idempotent. May be called from any thread. */
    @Override
    void close();
}
