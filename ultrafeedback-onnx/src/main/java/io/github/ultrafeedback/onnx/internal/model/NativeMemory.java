package io.github.ultrafeedback.onnx.internal.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Native memory that is given back together, and at once. The garbage collector would do so some day, but it sees a few
 * dozen bytes of heap and no reason to hurry while gigabytes wait behind them. From Java 22 on the memory belongs to a
 * shared arena ({@link ArenaMemory}); before, each buffer is freed by {@link UnsafeCleaner}. Not thread-safe.
 */
final class NativeMemory implements AutoCloseable {
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final @Nullable Object arena;

    private boolean closed;

    private NativeMemory(@Nullable Object arena) {
        this.arena = arena;
        OPEN.incrementAndGet();
    }

    static NativeMemory open() {
        return new NativeMemory(ArenaMemory.AVAILABLE ? ArenaMemory.open() : null);
    }

    /** Whether {@link #close} frees memory itself, or the collector does in its own time. */
    static boolean freesAtOnce() {
        return ArenaMemory.AVAILABLE || UnsafeCleaner.AVAILABLE;
    }

    /** How many are open in this process: a test that looks for what was left behind asks. */
    static int openCount() {
        return OPEN.get();
    }

    /** Zeros outside the heap. */
    ByteBuffer allocate(int bytes) {
        return arena != null ? ArenaMemory.allocate(arena, bytes) : own(ByteBuffer.allocateDirect(bytes));
    }

    /** The same in the machine's byte order; closes all of this memory where there is no more to be had. */
    ByteBuffer allocateOrClose(int bytes) {
        try {
            return allocate(bytes).order(ByteOrder.nativeOrder());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** A private map of a part of a file. */
    ByteBuffer map(FileChannel channel, long offset, long bytes) throws IOException {
        return arena != null
                ? ArenaMemory.map(arena, channel, offset, bytes)
                : own(channel.map(MapMode.PRIVATE, offset, bytes));
    }

    private ByteBuffer own(ByteBuffer buffer) {
        buffers.add(buffer);
        return buffer;
    }

    /**
     * Frees the memory. Whoever touches a buffer or a view of it afterwards crashes the process, so the caller must be
     * its only user. Idempotent.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        OPEN.decrementAndGet();
        if (arena != null) {
            ArenaMemory.close(arena);
        }
        buffers.forEach(UnsafeCleaner::free);
        buffers.clear();
    }
}
