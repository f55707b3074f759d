package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All at once: the server answers nobody before everybody has asked. */
@Timeout(600)
final class ManyInFlightTest {
    private static final int COUNT = Boolean.getBoolean("ultrafeedback.full") ? 10_000 : 500;
    private static final int HANDFUL = 16; // four workers, a timer, and one a client

    @TempDir
    Path folder = Path.of("");

    @Test
    void allAreInFlightOverHttp1() throws Exception {
        assertThat(number(ask(COUNT, "none", 0), "ours")).isLessThan(HANDFUL);
    }

    /** 100 streams a connection: as many as the client opens before it can know that there are more. */
    @Test
    void allAreInFlightOverHttp2WithALimitOfStreams() throws Exception {
        int count = Math.max(COUNT, 1_200);
        String said = ask(count, TestTls.make(folder).file().toString(), 100);
        assertThat(number(said, "accepted")).isBetween(count / 100L, count / 100L * 3 / 2);
        assertThat(number(said, "ours")).isLessThan(count / 100L * 3 / 2 + HANDFUL);
    }

    /** Returns what the two JVMs said, once it is sure that each request was answered once with its own id. */
    private static String ask(int count, String keys, int streams) throws Exception {
        Process server = jvm(ManyServer.class, Integer.toString(count), Integer.toString(streams), keys);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String open = Objects.requireNonNull(out.readLine());
            String url = (streams == 0 ? "http" : "https") + "://localhost:" + number(open, "port") + "/v1";
            Process client = jvm(ManyClient.class, Integer.toString(count), url, keys);
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor()).as(said).isZero();
            server.getOutputStream().write('\n');
            server.getOutputStream().flush();
            said = said.strip() + " | server " + open + " " + Objects.requireNonNull(out.readLine());
            System.out.println("JDK " + Runtime.version().feature() + ", " + count + " in flight, "
                    + (streams == 0 ? "HTTP/1.1" : "HTTP/2, " + streams + " streams") + ": " + said);
            assertThat(number(said, "right")).isEqualTo(count);
            assertThat(number(said, "attempts")).isEqualTo(count);
            assertThat(number(said, "asked")).isEqualTo(count);
            assertThat(number(said, "heapMb")).isLessThanOrEqualTo(512);
            return said;
        } finally {
            server.destroy();
        }
    }

    private static long number(String said, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static Process jvm(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
