package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/**
 * A reply of the corpus on the wire. Its body is one of {@code json}, {@code text}, {@code latin1} (a byte for each
 * character), {@code gzip}, {@code events} and {@code repeat}; {@code raw} stands for head and body. {@code framing} is
 * {@code length}, {@code chunked}, {@code close}, or the length that the head claims. {@code cut}, {@code reset} and
 * {@code stall} say after how many bytes of the framed body what happens; negative counts from the end.
 */
final class OddReply {
    private static final int PIECE = 1 << 16;

    private final JsonNode reply;
    private final AtomicLong sent;

    /** Takes the counter of the body's bytes that left. */
    OddReply(JsonNode reply, AtomicLong sent) {
        this.reply = reply;
        this.sent = sent;
    }

    /** Ends the connection once {@code heard} is done; where it stalls, {@code stalled} is run. */
    ServerReply on(CompletableFuture<?> heard, Runnable stalled) {
        return wire -> {
            byte[] body = reply.has("repeat") ? new byte[0] : body();
            if (reply.has("repeat")) {
                repeat(wire);
                return;
            }
            byte[] head = reply.has("raw") ? new byte[0] : head(body.length);
            byte[] framed = framing().equals("chunked") ? chunked(body) : body;
            String end = end();
            int kept = end.isEmpty()
                    ? framed.length
                    : kept(framed.length, reply.path(end).intValue());
            wire.send(head);
            wire.send(Arrays.copyOf(framed, kept));
            if (end.isEmpty()) {
                if (framing().equals("close") || reply.path("close").booleanValue()) {
                    wire.close();
                }
                return;
            }
            wire.await(heard);
            switch (end) {
                case "cut" -> wire.close();
                case "reset" -> wire.reset();
                default -> {
                    stalled.run();
                    wire.awaitEnd();
                }
            }
        };
    }

    private static int kept(int length, int at) {
        return Math.max(0, Math.min(length, at < 0 ? length + at : at));
    }

    private String end() {
        return reply.has("cut") ? "cut" : reply.has("reset") ? "reset" : reply.has("stall") ? "stall" : "";
    }

    private String framing() {
        return reply.path("framing").asText(reply.has("raw") ? "raw" : reply.has("events") ? "chunked" : "length");
    }

    private byte[] head(long length) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(reply.path("status").asInt(200))
                .append(" Odd\r\n");
        String type = reply.path("type").asText(reply.has("events") ? "text/event-stream" : "application/json");
        if (!type.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        for (JsonNode line : reply.path("headers")) {
            head.append(dated(line.textValue())).append("\r\n");
        }
        switch (framing()) {
            case "chunked" -> head.append("Transfer-Encoding: chunked\r\n");
            case "close" -> head.append("Connection: close\r\n");
            case "length" -> head.append("Content-Length: ").append(length).append("\r\n");
            case "none" -> {}
            default -> head.append("Content-Length: ").append(framing()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Replaces {@code {in 90}} by the HTTP date in 90 seconds. */
    private static String dated(String line) {
        int start = line.indexOf("{in ");
        if (start < 0) {
            return line;
        }
        long seconds = Long.parseLong(line.substring(start + 4, line.length() - 1));
        return line.substring(0, start)
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plusSeconds(seconds).atOffset(ZoneOffset.UTC));
    }

    private byte[] body() {
        if (reply.has("latin1") || reply.has("raw")) {
            return reply.path(reply.has("raw") ? "raw" : "latin1").textValue().getBytes(StandardCharsets.ISO_8859_1);
        }
        if (reply.has("events")) {
            StringBuilder text = new StringBuilder();
            reply.path("events")
                    .forEach(event -> text.append("data: ").append(text(event)).append("\n\n"));
            return utf8(text.toString());
        }
        return reply.has("gzip") ? zipped(utf8(text(reply.path("gzip")))) : utf8(text(json()));
    }

    private JsonNode json() {
        return reply.has("json") ? reply.path("json") : reply.path("text");
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.isMissingNode() ? "" : node.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** Each LF-ended line is a chunk of its own. */
    private static byte[] chunked(byte[] body) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n' || i == body.length - 1) {
                framed.writeBytes(utf8(Integer.toHexString(i + 1 - from) + "\r\n"));
                framed.write(body, from, i + 1 - from);
                framed.writeBytes(utf8("\r\n"));
                from = i + 1;
            }
        }
        framed.writeBytes(utf8("0\r\n\r\n"));
        return framed.toByteArray();
    }

    /** A body that is never held as a whole: {@code start}, {@code unit} so many times, {@code end}. */
    private void repeat(ServerWire wire) throws IOException {
        JsonNode body = reply.path("repeat");
        String unit = body.path("unit").textValue();
        long times = body.path("times").longValue();
        byte[] start = utf8(body.path("start").asText(""));
        byte[] end = utf8(body.path("end").asText(""));
        wire.send(head(start.length + unit.length() * times + end.length));
        wire.send(start);
        long atOnce = Math.max(1, PIECE / unit.length());
        byte[] piece = utf8(unit.repeat((int) atOnce));
        for (long left = times; left > 0; left -= atOnce) {
            int count = (int) (Math.min(left, atOnce) * unit.length());
            wire.send(Arrays.copyOf(piece, count));
            sent.addAndGet(count);
        }
        wire.send(end);
        if (framing().equals("close")) {
            wire.close();
        }
    }
}
