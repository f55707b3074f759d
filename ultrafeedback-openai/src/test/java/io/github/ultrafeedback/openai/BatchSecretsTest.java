package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing of a prompt, an answer or a key comes out of a batch, and no file stays behind. */
@Timeout(120)
final class BatchSecretsTest {
    private static final String PROMPT = "planted_prompt";
    private static final String ECHO = Planted.KEY + " " + PROMPT + " planted_answer";
    private static final List<GenerationRequest> REQUESTS =
            List.of(GenerationRequest.of(Prompt.of("The word is " + PROMPT).withId("a")));
    private static final String JSON = "{\"error\":{\"message\":\"" + ECHO + "\",\"type\":\"" + PROMPT
            + "\",\"param\":\"" + PROMPT + "\",\"code\":\"" + PROMPT + "\"}}";

    private static String caught(Runnable work) {
        try {
            work.run();
            return "";
        } catch (RuntimeException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }

    @Test
    void noFailureOfACallShowsASecret() {
        List<String> out = new ArrayList<>();
        for (int status : new int[] {307, 400, 401, 403, 404, 409, 413, 429, 500, 503}) {
            for (String body : List.of(JSON, "<html>" + ECHO, "{\"error\":\"" + ECHO + "\"}")) {
                for (String call : List.of("POST /v1/files", "POST /v1/batches", "GET /v1/batches")) {
                    out.add(failing(call, ServerReply.json(status, body, "x-request-id: " + PROMPT)));
                }
            }
        }
        for (String call : List.of("POST /v1/files", "POST /v1/batches")) {
            out.add(failing(call, ServerReply.json(200, ECHO)));
            out.add(failing(
                    call, ServerReply.json(200, "{\"id\":\"../" + PROMPT + "\",\"status\":\"" + PROMPT + "\"}")));
            out.add(failing(
                    call, ServerReply.raw("HTTP/1.1 " + PROMPT + "\r\n\r\n").cutAt(9_999)));
        }
        assertThat(out).hasSize(96).filteredOn(text -> !text.isEmpty()).hasSizeGreaterThan(70);
        assertThat(out)
                .allSatisfy(text -> assertThat(text).doesNotContain("planted").doesNotContain(Planted.KEY));
    }

    /** Submits while one call fails, and polls, cancels and collects where all calls fail like it. */
    private static String failing(String failing, ServerReply reply) {
        OpenAiSettingsBuilder settings = Loopback.openAi().retries(2, Duration.ofMinutes(2));
        try (BatchBench bench = new BatchBench(BatchLimits.OPENAI, settings)) {
            bench.fake.before = call -> call.equals(failing) ? reply : null;
            String text = caught(() -> {
                BatchHandle unused = bench.submit(REQUESTS);
            });
            BatchHandle handle = new BatchHandle(bench.generator.model(), "batch_1");
            bench.fake.before = call -> reply;
            return text
                    + caught(() -> {
                        Object unused = bench.generator.poll(handle);
                    })
                    + caught(() -> {
                        Object unused = bench.generator.collect(handle, REQUESTS);
                    })
                    + caught(() -> bench.generator.cancel(handle))
                    + bench.generator;
        }
    }

    @Test
    void theFileOfABatchIsGoneOnceItIsClosed() {
        BatchFile file = BatchFile.create();
        file.add(PROMPT.getBytes(StandardCharsets.UTF_8));
        assertThat(file.path()).exists();
        file.close();
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void noLineOfAFileShowsASecret() {
        String id = CustomIds.of(REQUESTS.get(0).prompt());
        for (String rest : List.of(
                "\"response\":{\"status_code\":400,\"request_id\":\"" + PROMPT + "\",\"body\":" + JSON + "}",
                "\"response\":{\"status_code\":500,\"body\":\"" + ECHO + "\"}",
                "\"response\":{\"status_code\":200,\"body\":\"" + ECHO + "\"}",
                "\"response\":{\"status_code\":200,\"body\":" + JSON + "}",
                "\"response\":\"" + ECHO + "\"",
                "\"response\":null," + JSON.substring(1, JSON.length() - 1),
                "\"response\":null,\"error\":\"" + ECHO + "\"",
                ECHO)) {
            try (BatchBench bench = new BatchBench()) {
                BatchHandle handle = bench.submit(REQUESTS);
                Object unused = bench.generator.awaitEnd(handle).join();
                byte[] line = ("{\"custom_id\":\"" + id + "\"," + rest + "}\n\n").getBytes(StandardCharsets.UTF_8);
                bench.fake.before = call -> call.endsWith("/content") ? ServerReply.whole(200, List.of(), line) : null;
                String text = caught(() -> {
                    throw BatchBench.failure(
                            bench.generator.collect(handle, REQUESTS).get(0));
                });
                assertThat(text).isNotEmpty().doesNotContain("planted").doesNotContain(Planted.KEY);
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws InterruptedException {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.before = call -> call.equals("POST /v1/files") ? ServerReply.silence() : null;
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    BatchHandle unused = bench.submit(REQUESTS);
                } catch (GenerationCancelledException e) {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            Loopback.await("the upload is out", () -> bench.server.requests().size() == 2);
            caller.interrupt();
            assertThat(interrupted.join()).isTrue();
            caller.join();
            assertThat(bench.fake.batches).isEmpty();
        }
    }
}
