package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The cache of many sequences: {@link KvMemory} and the tensors over it, each of which is past input and pinned present
 * output at once, as in {@link SharedCache}. A tensor is made when its slots are first run and kept: those of one slot,
 * and those of the first slots together. One thread at a time.
 */
final class SlotCache implements AutoCloseable {
    private static final OnnxTensor[] NONE = {};

    private final TensorFactory factory;
    private final KvLayout layout;
    private final int capacity;
    private final KvMemory memory;
    private final List<String> pastNames;
    private final List<String> presentNames;
    private final OnnxTensor[][] single;
    private final OnnxTensor[][] first;

    SlotCache(TensorFactory factory, KvLayout layout, int slots, int capacity) {
        this.factory = factory;
        this.layout = layout;
        this.capacity = capacity;
        pastNames = layout.pastNames();
        presentNames = layout.presentNames();
        single = new OnnxTensor[slots][];
        first = new OnnxTensor[slots + 1][];
        Arrays.fill(single, NONE);
        Arrays.fill(first, NONE);
        memory = KvMemory.reserve(layout, slots, capacity); // last: nothing can fail once it is taken
    }

    /** One slot alone. */
    void bindSlot(int slot, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) throws OrtException {
        OnnxTensor[] tensors = single[slot];
        if (tensors == NONE) {
            tensors = tensors(slot, 1);
            single[slot] = tensors;
        }
        bind(tensors, inputs, pinned);
    }

    /** The slots 0 to {@code rows} - 1. */
    void bindFirst(int rows, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) throws OrtException {
        OnnxTensor[] tensors = first[rows];
        if (tensors == NONE) {
            tensors = tensors(0, rows);
            first[rows] = tensors;
        }
        bind(tensors, inputs, pinned);
    }

    private OnnxTensor[] tensors(int slot, int count) throws OrtException {
        OnnxTensor[] tensors = new OnnxTensor[layout.tensors()];
        int made = 0;
        try {
            for (; made < tensors.length; made++) {
                tensors[made] = factory.create(
                        memory.view(made, slot, count),
                        layout.shape(count, capacity),
                        layout.type().onnxType());
            }
            return tensors;
        } catch (OrtException | RuntimeException | Error e) {
            for (int i = 0; i < made; i++) {
                tensors[i].close();
            }
            throw e;
        }
    }

    private void bind(OnnxTensor[] tensors, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
        for (int i = 0; i < tensors.length; i++) {
            inputs.put(pastNames.get(i), tensors[i]);
            pinned.put(presentNames.get(i), tensors[i]);
        }
    }

    /** Each head's positions stand together, so its first ones are one piece. */
    void copy(int from, int to, int length) {
        int headBytes = (int) layout.headBytes(capacity);
        int usedBytes = (int) layout.headBytes(length);
        for (int tensor = 0; tensor < layout.tensors(); tensor++) {
            for (int head = 0; head < layout.heads(); head++) {
                memory.copy(tensor, from, to, head * headBytes, usedBytes);
            }
        }
    }

    KvMemory memory() {
        return memory;
    }

    /** Frees the memory; no run may be under way. Idempotent. */
    @Override
    public void close() {
        close(single);
        close(first);
        memory.close();
    }

    private static void close(OnnxTensor[][] all) {
        for (OnnxTensor[] tensors : all) {
            Arrays.asList(tensors).forEach(OnnxTensor::close);
        }
        Arrays.fill(all, NONE);
    }
}
