package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.testkit.ScriptedServer;
import io.github.ultrafeedback.testkit.ServerReply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plants secrets wherever they could come from, lets everything fail, and looks for them in all that comes out. */
@Timeout(120)
final class SecretsTest {
    private static final String KEY = "sk-PLANTEDKEY";
    private static final String PROMPT = "PLANTEDPROMPT_of_the_user";
    private static final String ANSWER = "PLANTEDANSWER";
    private static final String HEADER = "PLANTEDHEADER";
    private static final String ECHO = KEY + " " + PROMPT + " " + ANSWER;

    private static List<ServerReply> replies() {
        List<ServerReply> replies = new ArrayList<>();
        String json = "{\"error\":{\"message\":\"" + ECHO + "\",\"type\":\"%s\",\"param\":\"%s\",\"code\":\"%s\"}}";
        for (int status : new int[] {307, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 524}) {
            for (String echo : List.of(ECHO, PROMPT, KEY)) {
                replies.add(ServerReply.json(
                        status, json.formatted(echo, echo, echo), "x-request-id: " + PROMPT, "Retry-After: " + ECHO));
            }
            replies.add(ServerReply.json(status, "<html>" + ECHO + "</html>"));
            replies.add(ServerReply.json(status, "{\"error\":\"" + ECHO + "\"}"));
        }
        String broken = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + ANSWER + "\"},\"finish_reason\":\"x";
        replies.add(ServerReply.json(200, broken));
        replies.add(ServerReply.json(200, ECHO));
        replies.add(ServerReply.json(200, Loopback.ANSWER.replace("Hi", ANSWER)).cutAt(150));
        replies.add(
                ServerReply.events(List.of("{\"error\":{\"message\":\"" + ECHO + "\",\"code\":\"" + PROMPT + "\"}}")));
        replies.add(ServerReply.events(List.of(ECHO)));
        replies.add(ServerReply.raw(ECHO + "\r\n\r\n").cutAt(100_000));
        replies.add(ServerReply.raw("HTTP/1.1 " + PROMPT + " OK\r\n\r\n").cutAt(100_000));
        replies.add(ServerReply.raw("HTTP/1.1 200 OK\r\nContent-Length: " + PROMPT + "\r\n\r\n")
                .cutAt(100_000));
        replies.add(ServerReply.raw("HTTP/1.1 200 OK\r\n" + ECHO + "\r\n\r\n").cutAt(100_000));
        replies.add(ServerReply.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + PROMPT + "\r\n")
                .cutAt(100_000));
        return replies;
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void nothingThatComesOutHoldsAKeyAPromptOrAnAnswer() {
        List<String> out = Collections.synchronizedList(new ArrayList<>());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (ServerReply reply : replies()) {
                fail(reply, out);
            }
        } finally {
            System.setErr(err);
        }
        out.add(printed.toString(StandardCharsets.UTF_8));
        assertThat(out).hasSizeGreaterThan(200);
        assertThat(out).allSatisfy(text -> assertThat(text).doesNotContain("PLANTED"));
    }

    private static void fail(ServerReply reply, List<String> out) {
        try (ScriptedServer server = ScriptedServer.start(r -> reply)) {
            OpenAiSettings settings = Loopback.openAi()
                    .baseUrl(server.url() + "/v1")
                    .apiKey(KEY)
                    .headers(Map.of("X-Secret", HEADER))
                    .queryParameters(Map.of("q", HEADER))
                    .extraBody(Map.of("user", HEADER))
                    .retries(2, Duration.ofMinutes(2))
                    .build();
            GeneratorListener listener = new GeneratorListener() {
                @Override
                public void retried(GenerationRequest request, int attempt, Duration delay, GenerationException cause) {
                    out.add(request + trace(cause));
                }

                @Override
                public void failed(GenerationRequest request, GenerationException cause) {
                    out.add(request + trace(cause));
                }
            };
            GeneratorOptions options = GeneratorOptions.builder()
                    .settings(settings)
                    .listener(listener)
                    .build();
            Ambient ambient = new Ambient(new SkippingTime(), new Random(1), Map.of());
            try (OpenAiGenerator generator = OpenAiGenerator.open(ModelRef.parse("gpt-4"), options, ambient)) {
                GenerationRequest plain = GenerationRequest.of(
                        Prompt.of("System.", PROMPT),
                        SamplingParams.builder().maxTokens(5).build());
                for (GenerationRequest request : List.of(plain, plain.withListener((choice, delta) -> {}))) {
                    CompletableFuture<?> unused = generator.submit(request).handle((completion, failure) -> {
                        out.add(failure == null ? "answered" : trace(failure));
                        return failure;
                    });
                    Loopback.await("it ends: " + server.requests(), unused::isDone);
                }
                out.add(generator + " " + settings);
            }
        }
    }
}
