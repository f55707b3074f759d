package io.github.ultrafeedback.onnx.internal.model;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Address space without memory: a private map of a file that is one hole. A page costs memory once it is written, so a
 * cache may reserve room for a whole context and pay for the tokens that came. The file gets none of what is written
 * and is deleted at once. {@code ByteBuffer.allocateDirect} would fill everything with zeros, and so make it resident.
 */
final class SparseFile {
    private SparseFile() {}

    /** Maps one region for each size, all of one file that exists no longer when this returns (but on Windows). */
    static ByteBuffer[] map(NativeMemory memory, Path folder, long regionBytes, int regions) throws IOException {
        // Tensors start on their own page, which keeps them aligned for vector loads.
        long stride = (regionBytes + 4095) / 4096 * 4096;
        Path file = folder.resolve("ultrafeedback-kv-" + UUID.randomUUID());
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, SPARSE, READ, WRITE)) {
            channel.write(ByteBuffer.allocate(1), stride * regions - 1);
            ByteBuffer[] maps = new ByteBuffer[regions];
            for (int i = 0; i < regions; i++) {
                maps[i] = memory.map(channel, stride * i, regionBytes);
            }
            return maps;
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Windows keeps a file that is mapped. It holds one byte; the exit hook is the last chance.
            file.toFile().deleteOnExit();
        }
    }
}
