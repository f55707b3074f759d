package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.testkit.RecordingListener;
import io.github.ultrafeedback.testkit.ScriptedServer;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A generator and the scripted server that it asks. */
final class Loopback implements AutoCloseable {
    static final String ANSWER =
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    final RecordingListener heard = new RecordingListener();
    final ScriptedServer server;
    final OpenAiGenerator generator;

    Loopback(Function<ServerRequest, ServerReply> script) {
        this(script, OpenAiSettings.builder(), new SkippingTime());
    }

    /** Takes settings whose address, key and dialect are filled in where they are missing. */
    Loopback(Function<ServerRequest, ServerReply> script, OpenAiSettingsBuilder settings, Time time) {
        this(script, settings, time, OpenAiTraffic.defaults());
    }

    Loopback(
            Function<ServerRequest, ServerReply> script,
            OpenAiSettingsBuilder settings,
            Time time,
            OpenAiTraffic traffic) {
        server = ScriptedServer.start(script);
        OpenAiSettings built = settings.build();
        if (built.baseUrl() == null) {
            settings.baseUrl(server.url() + "/v1");
        }
        if (built.apiKey() == null) {
            settings.apiKey(Planted.KEY);
        }
        Ambient ambient = new Ambient(time, new java.util.Random(1), java.util.Map.of());
        GeneratorOptions options = GeneratorOptions.builder()
                .settings(settings.build().withTraffic(traffic))
                .listener(heard)
                .build();
        generator = OpenAiGenerator.open(ModelRef.parse("openai:gpt-4"), options, ambient);
    }

    static OpenAiSettingsBuilder openAi() {
        return OpenAiSettings.builder().dialect(Dialect.OPENAI);
    }

    static ServerReply answer() {
        return ServerReply.json(200, ANSWER, "x-request-id: req_ok");
    }

    static ServerReply quota() {
        return FakeOpenAi.error(429, "insufficient_quota", "insufficient_quota", null);
    }

    CompletableFuture<Completion> submit() {
        return generator.submit(GenerationRequest.of(Prompt.of(Planted.PROMPT)));
    }

    CompletableFuture<Completion> submit(SamplingParams params) {
        return generator.submit(GenerationRequest.of(Prompt.of(Planted.PROMPT), params));
    }

    static Throwable failure(CompletableFuture<Completion> future) {
        try {
            future.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            return java.util.Objects.requireNonNull(e.getCause());
        } catch (Exception e) {
            throw new AssertionError("neither answer nor failure", e);
        }
        throw new AssertionError("the request was answered");
    }

    static Completion join(CompletableFuture<Completion> future) {
        try {
            return future.get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    void awaitRequests(int count) throws InterruptedException {
        assertThat(server.awaitRequests(count, Duration.ofMinutes(1)))
                .as("%s requests", count)
                .isTrue();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + MINUTE;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    List<String> bodies() {
        return server.requests().stream().map(ServerRequest::text).toList();
    }

    @Override
    public void close() {
        generator.close();
        server.close();
    }
}
