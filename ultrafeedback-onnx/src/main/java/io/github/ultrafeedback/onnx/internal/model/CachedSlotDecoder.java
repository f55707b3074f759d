package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link SlotDecoder} over a {@link SlotCache}. The lock is held for a whole call, so closing awaits a running one.
 */
final class CachedSlotDecoder implements SlotDecoder, OpenDecoder {
    private static final FloatBuffer NOTHING = FloatBuffer.allocate(0);

    private final OnnxModel model;
    private final SlotCache cache;
    private final SlotTensors tensors;
    private final RunOptions options;
    private final int slots;
    private final int capacity;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    /** Takes cache and tensors over; where this fails they are the caller's to close. */
    CachedSlotDecoder(OnnxModel model, SlotCache cache, SlotTensors tensors, int slots, int capacity)
            throws OrtException {
        this.model = model;
        this.cache = cache;
        this.tensors = tensors;
        this.slots = slots;
        this.capacity = capacity;
        options = SequentialDecoder.quietOptions(); // last: nothing can fail once these are made
    }

    @Override
    public FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits) {
        requireSlot(slot);
        Step step = new Step(past, count, capacity);
        requirePlanned(step);
        requireEnough("ids", ids, step.total());
        for (int i = past; i < step.total(); i++) {
            TokenIds.requireKnown(ids[i], i, vocabSize());
        }
        lock.lock();
        try {
            requireOpen();
            cache.bindSlot(slot, inputs, pinned);
            tensors.feedChunk(step, ids, logits, inputs, pinned);
            model.run(inputs, Set.of(), pinned, options).close();
            return logits ? tensors.lastRow(count) : NOTHING;
        } catch (OrtException e) {
            throw failure(count + " tokens after " + past + " in slot " + slot, e);
        } finally {
            tensors.release();
            lock.unlock();
        }
    }

    @Override
    public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
        if (rows < 1 || rows > slots) {
            throw new IllegalArgumentException("rows must be in [1, " + slots + "], got " + rows);
        }
        requireEnough("ids", ids, rows);
        requireEnough("lengths", lengths, rows);
        for (int row = 0; row < rows; row++) {
            requireBegun(row, new Step(lengths[row], 1, capacity));
            TokenIds.requireKnown(ids[row], lengths[row], vocabSize());
        }
        lock.lock();
        try {
            requireOpen();
            cache.bindFirst(rows, inputs, pinned);
            tensors.feedRows(rows, ids, lengths, inputs, pinned);
            model.run(inputs, Set.of(), pinned, options).close();
            return tensors.rows(rows);
        } catch (OrtException e) {
            throw failure("one token for each of " + rows + " slots", e);
        } finally {
            tensors.release();
            lock.unlock();
        }
    }

    @Override
    public void copy(int from, int to, int length) {
        requireSlot(from);
        requireSlot(to);
        if (length < 0 || length > capacity) {
            throw new IllegalArgumentException("length must be in [0, " + capacity + "], got " + length);
        }
        lock.lock();
        try {
            requireOpen();
            if (from != to) {
                cache.copy(from, to, length);
            }
        } finally {
            lock.unlock();
        }
    }

    private static GenerationException failure(String what, OrtException e) {
        return new GenerationException(
                "ONNX Runtime failed on " + what + ": " + e.getMessage(), e, false, Certainty.MAYBE_DONE);
    }

    private void requireSlot(int slot) {
        if (slot < 0 || slot >= slots) {
            throw new IllegalArgumentException("slot must be in [0, " + (slots - 1) + "], got " + slot);
        }
    }

    private static void requireEnough(String name, int[] values, int count) {
        if (values.length < count) {
            throw new IllegalArgumentException(name + " must have at least " + count + ", got " + values.length);
        }
    }

    /** Without a past the runtime would take the token for a first prompt. */
    private static void requireBegun(int row, Step step) {
        if (step.past() == 0) {
            throw new IllegalArgumentException(
                    "lengths[" + row + "] must be at least 1, got 0; prefill the slot's prompt first");
        }
    }

    private static void requirePlanned(Step step) {
        if (step.count() == 1 && step.past() > 0) {
            throw new IllegalArgumentException("count must be at least 2 behind " + step.past()
                    + " positions, got 1: a chunk of one token gives other bits. Take one less in the chunk before.");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The decoder is closed.");
        }
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int vocabSize() {
        return model.signature().vocabSize();
    }

    @Override
    public int contextLength() {
        return model.folder().config().contextLength();
    }

    /** For tests that look at what a run wrote. */
    KvMemory memory() {
        return cache.memory();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try (options;
                    tensors;
                    cache) {
                model.forget(this);
            }
        } finally {
            lock.unlock();
        }
    }
}
