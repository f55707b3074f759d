package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cache of a GroupQueryAttention graph: each tensor is the past input and the pinned present output at once, so the
 * operator writes new positions in place and nothing is ever copied. What lies beyond the length is neither read nor
 * cleared; therefore going back is only a matter of the length, which the decoder keeps.
 */
final class SharedCache implements DecoderCache {
    private final KvMemory memory;
    private final List<String> pastNames;
    private final List<String> presentNames;
    private final List<OnnxTensor> tensors = new ArrayList<>();

    SharedCache(OrtEnvironment environment, KvLayout layout, int capacity) throws OrtException {
        this(TensorFactory.of(environment), layout, capacity);
    }

    SharedCache(TensorFactory factory, KvLayout layout, int capacity) throws OrtException {
        memory = KvMemory.reserve(layout, 1, capacity);
        pastNames = layout.pastNames();
        presentNames = layout.presentNames();
        try {
            for (int i = 0; i < layout.tensors(); i++) {
                tensors.add(factory.create(
                        memory.view(i, 0, 1),
                        layout.shape(1, capacity),
                        layout.type().onnxType()));
            }
        } catch (OrtException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public void bind(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
        for (int i = 0; i < tensors.size(); i++) {
            inputs.put(pastNames.get(i), tensors.get(i));
            pinned.put(presentNames.get(i), tensors.get(i));
        }
    }

    @Override
    public Set<String> requested() {
        return Set.of();
    }

    /** Closes the result alone: pinned tensors belong to us and live on. */
    @Override
    public void accept(OrtSession.Result result) {
        result.close();
    }

    @Override
    public void clear() {
        // The next run starts at position 0 and writes over what is there.
    }

    @Override
    public void markPrompt() {
        // Decoding writes behind the prompt only.
    }

    @Override
    public void rewind() {
        // The next run writes over what was decoded.
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
        tensors.clear();
        memory.close();
    }
}
