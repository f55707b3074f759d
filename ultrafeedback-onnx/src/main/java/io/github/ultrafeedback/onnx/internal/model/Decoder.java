package io.github.ultrafeedback.onnx.internal.model;

import java.nio.FloatBuffer;

/**
 * Runs one sequence at a time through the graph and keeps its KV cache.
 *
 * <p>Every row of logits is a view of native memory that the next call writes over: read it before. Its values are
 * float32, indexes 0 to {@link #vocabSize} - 1. One thread at a time; {@link #cancel} and {@link #close} may come from
 * any thread. Equal ids give equal bits, call after call.
 */
public interface Decoder extends AutoCloseable {
    /**
     * Starts a new sequence and forgets the one before.
     *
     * @param ids the prompt, 1 to {@link #contextLength} ids in [0, {@link #vocabSize})
     * @param cancellation ends the work on this sequence, this call and its {@link #decode} calls
     * @return the logits after the last id; valid until the next call
     * @throws io.github.ultrafeedback.error.InvalidRequestException if there are no ids, or one is out of range
     * @throws io.github.ultrafeedback.error.PromptTooLongException if the ids do not fit the context
     * @throws io.github.ultrafeedback.error.GenerationCancelledException if the work was cancelled; the next prefill
     *     works
     * @throws io.github.ultrafeedback.error.GenerationException if the runtime fails
     * @throws IllegalStateException if the decoder or its model is closed
     */
    FloatBuffer prefill(int[] ids, Cancellation cancellation);

    /**
     * Starts a new sequence that only {@link #cancel} can end.
     *
     * @param ids the prompt, 1 to {@link #contextLength} ids in [0, {@link #vocabSize})
     * @return the logits after the last id; valid until the next call
     * @throws io.github.ultrafeedback.error.GenerationException as {@link #prefill(int[], Cancellation)} does
     * @throws IllegalStateException if the decoder or its model is closed
     */
    default FloatBuffer prefill(int[] ids) {
        return prefill(ids, new Cancellation());
    }

    /**
     * Appends one token.
     *
     * @param id the token, in [0, {@link #vocabSize})
     * @return the logits after it; valid until the next call
     * @throws io.github.ultrafeedback.error.InvalidRequestException if the id is out of range
     * @throws io.github.ultrafeedback.error.GenerationCancelledException if the work was cancelled
     * @throws io.github.ultrafeedback.error.GenerationException if the runtime fails
     * @throws IllegalStateException if the context is full, no prefill went before, or the decoder is closed
     */
    FloatBuffer decode(int id);

    /**
     * Goes back to right after the prompt, so that another sample needs no second prefill.
     *
     * @return the logits after the prompt, the same bits that {@link #prefill} gave; valid until the next call
     * @throws IllegalStateException if no prefill went before, or the decoder is closed
     */
    FloatBuffer rewind();

    /**
     * Length of the sequence.
     *
     * @return tokens in the cache: the prompt and what was decoded
     */
    int length();

    /**
     * Width of a row of logits.
     *
     * @return ids the graph knows; may exceed the tokenizer's
     */
    int vocabSize();

    /**
     * The most tokens a sequence may have.
     *
     * @return tokens of prompt and answer together
     */
    int contextLength();

    /**
     * Cancels the sequence at hand: ends its running call within some milliseconds, fails its later ones. No effect on
     * the next {@link #prefill}. May be called from any thread.
     */
    void cancel();

    /** Frees the native memory. Cancels and awaits a running call; idempotent. May be called from any thread. */
    @Override
    void close();
}
