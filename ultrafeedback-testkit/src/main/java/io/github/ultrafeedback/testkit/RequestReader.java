package io.github.ultrafeedback.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests from one connection. */
final class RequestReader {
    private final InputStream in;
    private final ServerWire wire;

    RequestReader(InputStream in, ServerWire wire) {
        this.in = in;
        this.wire = wire;
    }

    /** Returns null at the end of the connection. */
    @Nullable ServerRequest read(int connection) throws IOException {
        String first = line();
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ", 3);
        if (parts.length < 3) {
            throw new IOException("no request line");
        }
        Map<String, List<String>> headers = headers();
        if (headers.getOrDefault("expect", List.of()).contains("100-continue")) {
            wire.send("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        return new ServerRequest(-1, connection, parts[0], parts[1], headers, body(headers));
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = required(); !line.isEmpty(); line = required()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return chunks();
        }
        List<String> length = headers.get("content-length");
        return length == null ? new byte[0] : exactly(Integer.parseInt(length.get(0)));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(exactly(size));
            String end = required();
            if (!end.isEmpty()) {
                throw new IOException("a chunk is longer than its size");
            }
        }
        String trailer = required();
        if (!trailer.isEmpty()) {
            throw new IOException("trailers are not read");
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(required().strip(), 16);
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private String required() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(b);
        }
        return null;
    }
}
