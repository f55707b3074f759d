package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Set;

/** Where the keys and values of one sequence live between two runs. One thread at a time. */
interface DecoderCache extends AutoCloseable {
    /** Forgets the sequence. */
    void clear();

    /**
     * Puts the past into the inputs and, where the cache owns the memory of the present, the present into the outputs.
     */
    void bind(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) throws OrtException;

    /** Names of the present outputs that the runtime shall allocate. */
    Set<String> requested();

    /** Takes over what a run gave: the cache closes it. */
    void accept(OrtSession.Result result);

    /** Remembers the sequence at hand as the prompt. */
    void markPrompt();

    /** Goes back to the prompt. */
    void rewind();

    /** Frees the memory; no run may be under way. Idempotent. */
    @Override
    void close();
}
