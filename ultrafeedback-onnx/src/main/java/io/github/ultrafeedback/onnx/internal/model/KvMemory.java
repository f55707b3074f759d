package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native memory of a cache of fixed capacity: for each tensor of the layout one region of {@code [slots, heads,
 * capacity, headSize]}, slot after slot, so that any run of neighbouring slots is one tensor of its own. Reserved in
 * full, paid for by the page when first written. Old numbers stay where they are: lengths say what counts.
 */
final class KvMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KvMemory.class);

    private final NativeMemory memory;
    private final ByteBuffer[] regions;
    private final int slots;
    private final int slotBytes;
    private boolean closed;

    private KvMemory(NativeMemory memory, ByteBuffer[] regions, int slots, int slotBytes) {
        this.memory = memory;
        this.regions = regions;
        this.slots = slots;
        this.slotBytes = slotBytes;
    }

    static KvMemory reserve(KvLayout layout, int slots, int capacity) {
        return reserve(layout, slots, capacity, Path.of(System.getProperty("java.io.tmpdir", ".")));
    }

    static KvMemory reserve(KvLayout layout, int slots, int capacity, Path folder) {
        long slotBytes = layout.rowBytes(capacity);
        long bytes = slotBytes * slots;
        if (bytes > Integer.MAX_VALUE) {
            throw new ModelLoadException("The cache of one layer takes " + bytes + " bytes for " + slots + " x "
                    + capacity + " tokens; at most " + Integer.MAX_VALUE
                    + " are possible. Set a context length of at most "
                    + Integer.MAX_VALUE / layout.rowBytes(1) / slots
                    + (slots == 1 ? "." : ", or at most " + Integer.MAX_VALUE / slotBytes + " slots."));
        }
        NativeMemory memory = NativeMemory.open();
        try {
            return new KvMemory(memory, regions(memory, folder, bytes, layout.tensors()), slots, (int) slotBytes);
        } catch (RuntimeException | Error e) {
            // An arena does not free itself.
            memory.close();
            throw e;
        }
    }

    private static ByteBuffer[] regions(NativeMemory memory, Path folder, long bytes, int count) {
        try {
            return SparseFile.map(memory, folder, bytes, count);
        } catch (IOException e) {
            LOG.warn(
                    "No sparse file can be mapped in {} ({}). The KV cache takes all of its {} MiB at once instead.",
                    folder,
                    e.toString(),
                    (bytes * count) >> 20);
        }
        ByteBuffer[] regions = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            regions[i] = memory.allocate((int) bytes);
        }
        return regions;
    }

    /** The memory of {@code count} slots of one tensor, in the machine's byte order. */
    ByteBuffer view(int tensor, int firstSlot, int count) {
        if (closed) {
            throw new IllegalStateException("The KV cache is closed");
        }
        if (firstSlot < 0 || count < 1 || firstSlot + count > slots) {
            throw new IndexOutOfBoundsException("slots " + firstSlot + " to " + (firstSlot + count) + " of " + slots);
        }
        // A slice starts out big-endian whatever the order of the buffer it was cut from.
        return regions[tensor].slice(firstSlot * slotBytes, count * slotBytes).order(ByteOrder.nativeOrder());
    }

    /** Copies a part of one slot to the same place in another. */
    void copy(int tensor, int fromSlot, int toSlot, int offset, int bytes) {
        ByteBuffer source = view(tensor, fromSlot, 1);
        view(tensor, toSlot, 1).put(offset, source, offset, bytes);
    }

    /** Frees the memory. No run may be under way on it and no tensor over it may be used again. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        memory.close();
    }
}
