package io.github.ultrafeedback.onnx.internal.model;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Walks the fields of a protobuf file and jumps over what nobody asks for, so a graph with gigabytes of weights inside
 * costs a few reads. Messages nest by their end position: read fields until {@link #next} says 0, go on behind it.
 */
final class ProtobufReader implements Closeable {
    private static final int MAX_TEXT = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
    private final long size;
    /** File position of the byte behind the buffer's last one. */
    private long bufferEnd;
    /** Wire type of the field that {@link #next} found last. */
    private int wireType;

    ProtobufReader(Path file) throws IOException {
        channel = FileChannel.open(file);
        size = channel.size();
    }

    long size() {
        return size;
    }

    /** The number of the next field of a message that ends at {@code end}, or 0 behind its last one. */
    int next(long end) throws IOException {
        if (position() >= end) {
            return 0;
        }
        long tag = varint();
        wireType = (int) (tag & 7);
        int field = (int) (tag >>> 3);
        if (field <= 0) {
            throw new IOException("field number " + field);
        }
        return field;
    }

    /** Enters the message, or the text, that the field holds: the position of its end. */
    long enter() throws IOException {
        if (wireType != 2) {
            throw new IOException("wire type " + wireType + " where a message is due");
        }
        long length = varint();
        long end = position() + length;
        if (length < 0 || end > size) {
            throw new EOFException("a field of " + length + " bytes runs over the end of the file");
        }
        return end;
    }

    String text() throws IOException {
        long end = enter();
        int length = (int) Math.min(end - position(), MAX_TEXT + 1L);
        if (length > MAX_TEXT) {
            throw new IOException("a name of more than " + MAX_TEXT + " bytes");
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = octet();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Jumps over the value of the field. */
    void skip() throws IOException {
        switch (wireType) {
            case 0 -> varint();
            case 1 -> seek(position() + 8);
            case 2 -> seek(enter());
            case 5 -> seek(position() + 4);
            default -> throw new IOException("wire type " + wireType);
        }
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 10 bytes");
    }

    private byte octet() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int count = channel.read(buffer, bufferEnd);
            buffer.flip();
            if (count <= 0) {
                throw new EOFException("the file ends inside a field");
            }
            bufferEnd += count;
        }
        return buffer.get();
    }

    private long position() {
        return bufferEnd - buffer.remaining();
    }

    private void seek(long position) {
        long back = bufferEnd - position;
        if (back >= 0 && back <= buffer.remaining()) {
            buffer.position(buffer.limit() - (int) back);
            return;
        }
        buffer.limit(0);
        bufferEnd = position;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
