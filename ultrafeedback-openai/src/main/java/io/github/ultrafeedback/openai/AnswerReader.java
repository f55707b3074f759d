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

    private final ChatCall call;
    private final AnswerChoices choices;
    private final SseParser events = new SseParser(LONGEST_ANSWER, this::event);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    private int status;
    private boolean streamed;
    private boolean done;

    AnswerReader(ChatCall call, List<String> cutAt) {
        this.call = call;
        this.choices = new AnswerChoices(call, cutAt);
    }

    @Override
    public void head(int newStatus, HttpHeaders newHeaders) {
        status = newStatus;
        headers = newHeaders;
        String type = headers.firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        streamed =
                ok() && (type.startsWith("text/event-stream") || (call.events().streams() && type.isEmpty()));
    }

    private boolean ok() {
        return status >= 200 && status < 300;
    }

    @Override
    public void accept(ByteBuffer bytes) {
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
        JsonNode error = root.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            throw ErrorReader.streamed(error, headers);
        }
        choices.chunk(root);
    }

    private static boolean startsWithDone(byte[] data) {
        for (int i = 0; i < DONE.length(); i++) {
            if (i >= data.length || data[i] != DONE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public Answer end() {
        if (!ok()) {
            throw ErrorReader.failure(status, headers, body.toByteArray());
        }
        if (streamed) {
            if (!choices.finished()) {
                throw AnswerChoices.bad("The stream ended before each choice had a finish reason");
            }
            return choices.end(headers);
        }
        JsonNode root = Json.object(body.toByteArray());
        if (root == null) {
            throw AnswerChoices.bad("The server answered " + status + " with a body that is no JSON object");
        }
        JsonNode error = root.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            throw ErrorReader.streamed(error, headers);
        }
        choices.whole(root);
        return choices.end(headers);
    }
}
