package io.github.ultrafeedback.benchmarks.peers;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection of the server: gathers a request, which its length ends, and knows what answers look like. */
final class ServedConnection {
    private static final String TEXT = "A train leaves the station at nine and gets there in time. ".repeat(8);
    private static final String LENGTH = "\r\ncontent-length:";

    private final SocketChannel channel;
    private byte[] bytes = new byte[2048];
    private int size;
    private boolean closed;

    ServedConnection(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    boolean closed() {
        return closed;
    }

    /** Reads what is there; null until a request is whole. A client sends the next one after the answer only. */
    @Nullable String read() throws IOException {
        int count = channel.read(ByteBuffer.wrap(bytes, size, bytes.length - size));
        if (count < 0) {
            throw new EOFException("closed by the client");
        }
        size += count;
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        String request = new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
        int head = request.indexOf("\r\n\r\n");
        if (head < 0 || size < head + 4 + bodyLength(request.substring(0, head))) {
            return null;
        }
        size = 0;
        return request;
    }

    private static int bodyLength(String head) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        int start = lower.indexOf(LENGTH);
        if (start < 0) {
            if (lower.startsWith("post ")) {
                throw new IOException("a request without a length");
            }
            return 0;
        }
        int end = lower.indexOf('\r', start + LENGTH.length());
        return Integer.parseInt(lower.substring(start + LENGTH.length(), end < 0 ? lower.length() : end)
                .trim());
    }

    /** The digits after the last {@code id=} of a request. */
    static long idIn(String request) {
        int start = request.lastIndexOf("id=") + 3;
        int end = start;
        while (end < request.length() && Character.isDigit(request.charAt(end))) {
            end++;
        }
        return end == start ? -1 : Long.parseLong(request.substring(start, end));
    }

    static byte[] answer(long id) {
        return response(
                200,
                "{\"id\":\"chatcmpl-" + id + "\",\"object\":\"chat.completion\",\"created\":1700000000,"
                        + "\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"" + ClientRun.label(id) + TEXT + "\",\"refusal\":null},\"logprobs\":null,"
                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":60,\"completion_tokens\":104,"
                        + "\"total_tokens\":164}}");
    }

    static byte[] response(int status, String body) {
        return ("HTTP/1.1 " + status + (status == 200 ? " OK" : " Not Found")
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Closes it; false if it was closed before. */
    boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("not closed: " + e);
        }
        return true;
    }
}
