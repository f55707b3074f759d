package io.github.ultrafeedback.openai;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a file line by line while it comes in, so that it is never whole in memory. Gives how many lines it had. */
final class LineReader implements ResponseReader<Integer> {
    private static final int LONGEST = 64 << 20;

    private final Consumer<byte[]> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    private int status;
    private int lines;
    private boolean tooLong;
    private boolean broken;

    LineReader(Consumer<byte[]> sink) {
        this.sink = sink;
    }

    @Override
    public void head(int newStatus, HttpHeaders newHeaders) {
        status = newStatus;
        headers = newHeaders;
    }

    private boolean ok() {
        return status >= 200 && status < 300;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int end = bytes.position();
            while (end < bytes.limit() && bytes.get(end) != '\n') {
                end++;
            }
            boolean whole = end < bytes.limit();
            byte[] piece = new byte[end - bytes.position()];
            bytes.get(piece);
            keep(piece);
            if (whole) {
                bytes.get();
                if (ok()) {
                    endLine();
                } else {
                    keep(new byte[] {'\n'});
                }
            }
        }
    }

    /** A line that no answer can be is passed over: only its own request is without one. */
    private void keep(byte[] piece) {
        tooLong |= line.size() + piece.length > LONGEST;
        if (!tooLong) {
            line.writeBytes(piece);
        }
    }

    private void endLine() {
        if (!tooLong && line.size() > 0) {
            lines++;
            sink.accept(line.toByteArray());
        }
        line.reset();
        tooLong = false;
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public void broken() {
        broken = true;
    }

    @Override
    public Integer end() {
        if (!ok()) {
            throw ErrorReader.failure(status, headers, line.toByteArray());
        }
        if (broken) { // half a file looks like a whole one
            throw AnswerChoices.bad("The file ended before its end");
        }
        endLine();
        return lines;
    }
}
