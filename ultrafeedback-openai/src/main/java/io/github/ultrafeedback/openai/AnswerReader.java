package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the response to one attempt: an error, a whole answer, or a stream of events. */
final class AnswerReader implements ResponseReader<Answer> {
    private static final int LONGEST_ANSWER = 64 << 20; // bytes; the longest real ones are a few MB
    private static final int LONGEST_ERROR = 1 << 20;
    private static final String DONE = "[DONE]";
    private static final String EVENTS = ":deir"; // how comments, and data, event, id and retry begin

    private final AnswerChoices choices;
    private final SseParser events = new SseParser(LONGEST_ANSWER, this::event);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    private int status;
    private boolean streamed;
    private boolean begun;
    private boolean done;

    AnswerReader(ChatCall call, List<String> cutAt) {
        this.choices = new AnswerChoices(call, cutAt);
    }

    @Override
    public void head(int newStatus, HttpHeaders newHeaders) {
        status = newStatus;
        headers = newHeaders;
        String type = headers.firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        streamed = ok() && type.startsWith("text/event-stream");
    }

    private boolean ok() {
        return status >= 200 && status < 300;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        if (!begun && ok()) {
            begin(bytes);
        }
        if (streamed) {
            if (!events.append(bytes)) {
                throw tooLong();
            }
            return;
        }
        int room = (ok() ? LONGEST_ANSWER : LONGEST_ERROR) - body.size();
        if (bytes.remaining() > room && ok()) {
            throw tooLong();
        }
        byte[] taken = new byte[Math.min(room, bytes.remaining())]; // an error says what it is at its beginning
        bytes.get(taken);
        body.writeBytes(taken);
        bytes.position(bytes.limit());
    }

    /** What the answer is shows in its first byte; servers and proxies name types that it has not. */
    private void begin(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit() && !begun; i++) {
            byte first = bytes.get(i);
            begun = first != ' ' && first != '\t' && first != '\r' && first != '\n';
            if (first == '{' || first == Gzip.FIRST) {
                streamed = false;
            } else if (EVENTS.indexOf(first) >= 0) {
                streamed = true;
            }
        }
    }

    private static ApiFailure tooLong() {
        return AnswerChoices.bad("The answer is longer than " + (LONGEST_ANSWER >> 20) + " MiB");
    }

    private void event(byte[] data) {
        if (done || data.length == 0) {
            return;
        }
        if (startsWithDone(data)) {
            done = true;
            return;
        }
        JsonNode root = Json.object(data);
        if (root == null) {
            throw AnswerChoices.bad("The server streamed an event that is no JSON object");
        }
        JsonNode error = ErrorReader.within(root);
        if (error != null) {
            throw ErrorReader.streamed(error, headers);
        }
        choices.chunk(root);
    }

    private static boolean startsWithDone(byte[] data) {
        int start = 0;
        while (start < data.length && (data[start] == ' ' || data[start] == '\t')) {
            start++;
        }
        for (int i = 0; i < DONE.length(); i++) {
            if (start + i >= data.length || data[start + i] != DONE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean done() {
        return done || (!ok() && body.size() >= LONGEST_ERROR);
    }

    @Override
    public Answer end() {
        if (!ok()) {
            throw ErrorReader.failure(status, headers, body.toByteArray());
        }
        byte[] whole = Gzip.unpacked(body.toByteArray());
        if (!streamed && whole.length > 0 && EVENTS.indexOf(whole[0]) >= 0) { // they came packed
            streamed = true;
            events.append(ByteBuffer.wrap(whole));
        }
        if (streamed) {
            if (done ? !choices.begunFinished() : !choices.finished()) {
                throw AnswerChoices.bad("The stream ended before each choice had a finish reason");
            }
            return choices.end(headers);
        }
        JsonNode root = Json.object(whole);
        if (root == null) {
            throw AnswerChoices.bad("The server answered " + status + " with a body that is no JSON object");
        }
        JsonNode error = ErrorReader.within(root);
        if (error != null) {
            throw ErrorReader.streamed(error, headers);
        }
        choices.whole(root);
        return choices.end(headers);
    }
}
