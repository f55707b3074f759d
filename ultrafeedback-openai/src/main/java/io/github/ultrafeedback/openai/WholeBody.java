package io.github.ultrafeedback.openai;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Map;

/** Gathers a response, its body cut at a length, and hands it over when it is whole. */
final class WholeBody<T> implements ResponseReader<T> {
    private final int longest;
    private final End<T> end;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    private int status;

    /** What becomes of a whole response; may throw an ApiFailure. */
    interface End<T> {
        T of(int status, HttpHeaders headers, byte[] body);
    }

    /** Takes the most bytes to keep. */
    WholeBody(int longest, End<T> end) {
        this.longest = longest;
        this.end = end;
    }

    @Override
    public void head(int newStatus, HttpHeaders newHeaders) {
        status = newStatus;
        headers = newHeaders;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        byte[] taken = new byte[Math.min(bytes.remaining(), longest - body.size())];
        bytes.get(taken);
        body.writeBytes(taken);
        bytes.position(bytes.limit());
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public T end() {
        return end.of(status, headers, body.toByteArray());
    }
}
