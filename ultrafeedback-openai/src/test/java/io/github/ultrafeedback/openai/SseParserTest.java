package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SseParserTest {
    private static final String STREAM =
            ": hello\n\ndata: {\"text\":\"für 🙂\"}\r\n\r\nevent: message\rid: 7\rdata:one\r"
                    + "data:  two\rdata\r\rretry: 5\n\ndata: [DONE]\n\ndata: never ended";
    private static final List<String> EVENTS = List.of("{\"text\":\"für 🙂\"}", "one\n two\n", "[DONE]");

    private static List<String> parse(byte[] bytes, int... cuts) {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(1 << 20, event -> events.add(new String(event, StandardCharsets.UTF_8)));
        int from = 0;
        for (int cut : cuts) {
            assertThat(parser.append(ByteBuffer.wrap(bytes, from, cut - from))).isTrue();
            from = cut;
        }
        assertThat(parser.append(ByteBuffer.wrap(bytes, from, bytes.length - from)))
                .isTrue();
        return events;
    }

    @Test
    void everyPairOfCutsGivesTheSameEvents() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(parse(bytes, first, second))
                        .as("%s, %s", first, second)
                        .isEqualTo(EVENTS);
            }
        }
    }

    /** The standard's rules, on the whole text at once. */
    private static List<String> naive(String stream) {
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        List<String> events = new ArrayList<>();
        String data = null;
        String[] lines = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        for (String line : Arrays.copyOf(lines, lines.length - 1)) {
            if (line.isEmpty()) {
                if (data != null) {
                    events.add(data);
                }
                data = null;
            } else if (line.equals("data") || line.startsWith("data:")) {
                String value = line.length() > 5 ? line.substring(5) : "";
                value = value.startsWith(" ") ? value.substring(1) : value;
                data = data == null ? value : data + "\n" + value;
            }
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyStreamGivesWhatTheNaiveReaderGives(long seed) {
        Random random = new Random(seed);
        List<String> parts = List.of(
                "\n", "\r", "\r\n", "data", "data:", "data: ", ":", "ü", "🙂", "x", " ", "event:", "\uFEFF", "datax:");
        for (int round = 0; round < 500; round++) {
            StringBuilder stream = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                stream.append(parts.get(random.nextInt(parts.size())));
            }
            byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
            int[] cuts =
                    random.ints(random.nextInt(6), 0, bytes.length + 1).sorted().toArray();
            assertThat(parse(bytes, cuts)).as("seed %s: %s", seed, stream).isEqualTo(naive(stream.toString()));
        }
    }

    @Test
    void aLineOrAnEventWithoutEndIsRefused() {
        SseParser line = new SseParser(100, event -> {});
        assertThat(line.append(ByteBuffer.wrap("x".repeat(101).getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        SseParser event = new SseParser(100, data -> {});
        byte[] many = "data: 0123456789\n".repeat(12).getBytes(StandardCharsets.UTF_8);
        assertThat(event.append(ByteBuffer.wrap(many))).isFalse();
    }
}
