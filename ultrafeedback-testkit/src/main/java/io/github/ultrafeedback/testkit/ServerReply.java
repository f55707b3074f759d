package io.github.ultrafeedback.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a {@link ScriptedServer} answers: bytes on the wire, and what goes wrong with them. Start with one of the
 * factories, then wrap it: {@code ServerReply.json(200, body).cutAt(40)}.
 */
@FunctionalInterface
public interface ServerReply {

    /**
     * Writes the answer.
     *
     * @param wire the connection; the reply need not close it
     * @throws IOException if the client has gone; the server takes no notice
     */
    void write(ServerWire wire) throws IOException;

    /**
     * Bytes as they are, head included.
     *
     * @param bytes all that is sent
     * @return the reply, after which the connection stays open
     */
    static ServerReply raw(byte[] bytes) {
        return wire -> wire.send(bytes);
    }

    /**
     * Text as it is, head included, in UTF-8.
     *
     * @param text all that is sent
     * @return the reply, after which the connection stays open
     */
    static ServerReply raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A whole answer with its length.
     *
     * @param status for example 200
     * @param headers lines such as {@code Retry-After: 1}; the length is added
     * @param body the bytes of the body
     * @return the reply
     */
    static ServerReply whole(int status, List<String> headers, byte[] body) {
        return wire -> {
            wire.send(ServerWire.head(status, headers, "Content-Length: " + body.length));
            wire.send(body);
        };
    }

    /**
     * JSON with its length.
     *
     * @param status for example 200
     * @param json the body
     * @param headers further lines such as {@code Retry-After: 1}
     * @return the reply
     */
    static ServerReply json(int status, String json, String... headers) {
        List<String> lines = new ArrayList<>(List.of("Content-Type: application/json"));
        lines.addAll(List.of(headers));
        return whole(status, lines, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A stream of server-sent events in chunks, one chunk an event, ended in good order.
     *
     * @param events the data of each, without {@code data:}
     * @return the reply
     */
    static ServerReply events(List<String> events) {
        return stream(events.stream()
                .map(event -> ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /**
     * A stream of bytes that is declared as server-sent events, each piece a chunk of its own, ended in good order.
     *
     * @param pieces the pieces; none may be empty
     * @return the reply
     */
    static ServerReply stream(List<byte[]> pieces) {
        return wire -> {
            wire.send(ServerWire.head(
                    200, List.of("Content-Type: text/event-stream; charset=utf-8"), "Transfer-Encoding: chunked"));
            for (byte[] piece : pieces) {
                wire.chunk(piece);
            }
            wire.lastChunk();
        };
    }

    /**
     * No answer at all: the connection stays open and silent until the server or the client closes it.
     *
     * @return the reply
     */
    static ServerReply silence() {
        return ServerWire::awaitEnd;
    }

    /**
     * The connection is reset as soon as the request was read.
     *
     * @return the reply
     */
    static ServerReply reset() {
        return ServerWire::reset;
    }

    /**
     * The same, begun later. Real time: for tests in which being late is what counts, not how much.
     *
     * @param delay how long to wait first
     * @return a reply
     */
    default ServerReply after(Duration delay) {
        return wire -> {
            wire.pause(delay);
            write(wire);
        };
    }

    /**
     * The same, begun when the test says so.
     *
     * @param gate completes when the reply may begin
     * @return a reply
     */
    default ServerReply after(CompletableFuture<?> gate) {
        return wire -> {
            wire.await(gate);
            write(wire);
        };
    }

    /**
     * The first bytes of the same, head included; then the connection is closed.
     *
     * @param bytes how many; not negative
     * @return a reply
     */
    default ServerReply cutAt(long bytes) {
        return wire -> {
            write(wire.limited(bytes, ServerWire::close));
            wire.close();
        };
    }

    /**
     * The first bytes of the same, head included; then the connection is reset.
     *
     * @param bytes how many; not negative
     * @return a reply
     */
    default ServerReply resetAt(long bytes) {
        return wire -> {
            write(wire.limited(bytes, ServerWire::reset));
            wire.reset();
        };
    }

    /**
     * The first bytes of the same, head included; then silence until somebody closes.
     *
     * @param bytes how many; not negative
     * @return a reply
     */
    default ServerReply stallAt(long bytes) {
        return wire -> {
            write(wire.limited(bytes, ServerWire::awaitEnd));
            wire.awaitEnd();
        };
    }
}
