package io.github.ultrafeedback.openai;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into the data of server-sent events, as the HTML standard says: lines end with LF, CR or CRLF,
 * an empty line ends an event, {@code data} lines are joined by LF, comments and other fields are passed over. Bytes
 * may come in any pieces; they are handed on as bytes, so that no character is ever cut. An event that the stream cuts
 * off is dropped. Not thread-safe.
 */
final class SseParser {
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Consumer<byte[]> sink;
    private final int longestEvent;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean hasData;
    private boolean afterCr;
    private boolean firstLine = true;

    /** Takes the most bytes that a line or an event may have. */
    SseParser(int longestEvent, Consumer<byte[]> sink) {
        this.longestEvent = longestEvent;
        this.sink = sink;
    }

    /** Takes the next bytes, all of them. Returns false if a line or an event is longer than allowed. */
    boolean append(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            boolean endsCrLf = afterCr && b == '\n';
            afterCr = b == '\r';
            if (endsCrLf) {
                continue;
            }
            if (b == '\r' || b == '\n') {
                lineEnds();
            } else {
                line.write(b);
            }
            if (line.size() > longestEvent || data.size() > longestEvent) {
                return false;
            }
        }
        return true;
    }

    private void lineEnds() {
        byte[] text = line.toByteArray();
        line.reset();
        int start = firstLine && startsWith(text, MARK) ? MARK.length : 0;
        firstLine = false;
        if (text.length == start) {
            eventEnds();
            return;
        }
        field(text, start);
    }

    private void field(byte[] text, int start) {
        int colon = start;
        while (colon < text.length && text[colon] != ':') {
            colon++;
        }
        if (colon - start != DATA.length || !startsWith(text, start, DATA)) {
            return; // a comment, or event, id, retry
        }
        int value = Math.min(colon + 1, text.length);
        if (value < text.length && text[value] == ' ') {
            value++;
        }
        if (hasData) {
            data.write('\n');
        }
        hasData = true;
        data.write(text, value, text.length - value);
    }

    private void eventEnds() {
        if (hasData) {
            byte[] event = data.toByteArray();
            data.reset();
            hasData = false;
            sink.accept(event);
        }
    }

    private static boolean startsWith(byte[] text, byte[] start) {
        return startsWith(text, 0, start);
    }

    private static boolean startsWith(byte[] text, int from, byte[] start) {
        if (text.length - from < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (text[from + i] != start[i]) {
                return false;
            }
        }
        return true;
    }
}
