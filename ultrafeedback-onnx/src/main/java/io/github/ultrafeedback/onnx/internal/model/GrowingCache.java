package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a plain attention graph: each run's present, which the runtime allocates, is the next run's past. The
 * whole past is copied at each step, so this is for graphs that offer nothing better. The prompt's present stays until
 * the next prompt, for rewinding.
 */
final class GrowingCache implements DecoderCache {
    private final List<String> pastNames;
    private final List<String> presentNames;
    private final Set<String> requested;
    private final List<OnnxTensor> empty = new ArrayList<>();
    private OrtSession.@Nullable Result prompt;
    private OrtSession.@Nullable Result present;

    GrowingCache(OrtEnvironment environment, KvLayout layout) throws OrtException {
        this(TensorFactory.of(environment), layout);
    }

    GrowingCache(TensorFactory tensors, KvLayout layout) throws OrtException {
        pastNames = layout.pastNames();
        presentNames = layout.presentNames();
        requested = Set.copyOf(presentNames);
        ByteBuffer nothing = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
        try {
            for (int i = 0; i < layout.tensors(); i++) {
                empty.add(tensors.create(
                        nothing, layout.shape(1, 0), layout.type().onnxType()));
            }
        } catch (OrtException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public void bind(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
        for (int i = 0; i < pastNames.size(); i++) {
            inputs.put(pastNames.get(i), present == null ? empty.get(i) : tensor(present, presentNames.get(i)));
        }
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        OnnxValue value = result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
        return (OnnxTensor) value;
    }

    @Override
    public Set<String> requested() {
        return requested;
    }

    @Override
    public void accept(OrtSession.Result result) {
        closePresent();
        present = result;
    }

    @Override
    public void clear() {
        closePresent();
        present = null;
        if (prompt != null) {
            prompt.close();
            prompt = null;
        }
    }

    @Override
    public void markPrompt() {
        prompt = present;
    }

    @Override
    public void rewind() {
        closePresent();
        present = prompt;
    }

    private void closePresent() {
        if (present != null && present != prompt) {
            present.close();
        }
    }

    @Override
    public void close() {
        clear();
        empty.forEach(OnnxTensor::close);
        empty.clear();
    }
}
