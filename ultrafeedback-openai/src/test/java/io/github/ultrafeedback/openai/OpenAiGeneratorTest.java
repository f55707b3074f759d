package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GenerationTimeoutException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.QuotaExhaustedException;
import io.github.ultrafeedback.error.RateLimitedException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.error.TransportException;
import io.github.ultrafeedback.testkit.RecordingListener.Kind;
import io.github.ultrafeedback.testkit.ServerReply;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class OpenAiGeneratorTest {
    private static final String FIRST =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}";
    private static final String LAST = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

    private static OpenAiSettingsBuilder once() {
        return Loopback.openAi().retries(1, Duration.ofMinutes(2));
    }

    @Test
    void aRefusedRequestIsSentAgainAndItsAttemptsAreCounted() {
        SkippingTime time = new SkippingTime();
        try (Loopback loopback = new Loopback(
                r -> r.index() == 0
                        ? ServerReply.json(429, "{}", "Retry-After: 3")
                        : r.index() == 1 ? ServerReply.reset() : Loopback.answer(),
                Loopback.openAi(),
                time)) {
            GenerationRequest request = GenerationRequest.of(Prompt.of(Planted.PROMPT));
            Completion completion = Loopback.join(loopback.generator.submit(request));
            assertThat(completion.text()).isEqualTo("Hi");
            assertThat(completion.attempts()).isEqualTo(3);
            assertThat(completion.provenance()).containsEntry("request_id", "req_ok");
            assertThat(time.skipped.get(0)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
            assertThat(loopback.heard.kinds(request))
                    .containsExactly(Kind.SUBMITTED, Kind.STARTED, Kind.RETRIED, Kind.RETRIED, Kind.FINISHED);
        }
    }

    @Test
    void anErrorIsToldWithStatusRequestIdAndAttempts() {
        OpenAiSettingsBuilder two = Loopback.openAi().retries(2, Duration.ofMinutes(2));
        try (Loopback loopback = new Loopback(
                r -> FakeOpenAi.error(429, "requests", "rate_limit_exceeded", null), two, new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit()))
                    .isInstanceOf(RateLimitedException.class)
                    .hasMessageContaining("status 429")
                    .hasMessageContaining("code rate_limit_exceeded")
                    .hasMessageContaining("request req_429")
                    .hasMessageContaining("attempts 2")
                    .isInstanceOfSatisfying(RateLimitedException.class, e -> {
                        assertThat(e.status()).hasValue(429);
                        assertThat(e.requestId()).hasValue("req_429");
                        assertThat(e.attempts()).isEqualTo(2);
                    });
        }
    }

    @Test
    void errorsCostNoConnection() {
        OpenAiSettingsBuilder many = Loopback.openAi().retries(40, Duration.ofMinutes(2));
        try (Loopback loopback = new Loopback(
                r -> r.index() < 39 ? ServerReply.json(r.index() % 2 == 0 ? 429 : 500, "{}") : Loopback.answer(),
                many,
                new SkippingTime())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(40);
            assertThat(loopback.server.connections()).isEqualTo(1);
        }
    }

    @Test
    void quotaEndsTheRunButLosesNoAnswerThatIsOnItsWay() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> others = new CompletableFuture<>();
        OpenAiSettingsBuilder four = Loopback.openAi().maxInFlight(4);
        try (Loopback loopback = new Loopback(
                r -> r.index() == 0
                        ? Loopback.quota().after(first)
                        : Loopback.answer().after(others),
                four,
                new SkippingTime())) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                futures.add(loopback.submit());
            }
            loopback.awaitRequests(4);
            first.complete(null);
            Loopback.await(
                    "all but those on their way have failed",
                    () -> futures.stream()
                                    .filter(CompletableFuture::isCompletedExceptionally)
                                    .count()
                            == 17);
            others.complete(null);
            int answered = 0;
            for (CompletableFuture<Completion> future : futures) {
                if (!future.isCompletedExceptionally()) {
                    assertThat(Loopback.join(future).text()).isEqualTo("Hi");
                    answered++;
                } else {
                    assertThat(Loopback.failure(future)).isInstanceOf(QuotaExhaustedException.class);
                }
            }
            assertThat(answered).isEqualTo(3);
            assertThat(Loopback.failure(loopback.submit()))
                    .isInstanceOf(QuotaExhaustedException.class)
                    .hasMessageContaining("Nothing more is sent")
                    .hasMessageContaining("attempts 0");
            assertThat(loopback.server.requests()).hasSize(4);
            assertThat(loopback.generator.toString()).contains("QUOTA");
        }
    }

    @Test
    void whatFailsAfterTheRunHasEndedTellsWhyAndKeepsWhatIsKnownOfIt() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> others = new CompletableFuture<>();
        List<ServerReply> replies = List.of(
                Loopback.quota().after(first),
                ServerReply.json(429, "{}").after(others),
                ServerReply.json(500, "{}").after(others),
                FakeOpenAi.error(400, "invalid_request_error", "invalid_prompt", null)
                        .after(others),
                ServerReply.json(500, "{}"));
        try (Loopback loopback = new Loopback(r -> replies.get(r.index()), Loopback.openAi(), new TestTime())) {
            List<CompletableFuture<Completion>> sent = new ArrayList<>();
            for (int i = 1; i <= replies.size(); i++) {
                sent.add(loopback.submit());
                loopback.awaitRequests(i);
            }
            Loopback.await(
                    "the last one waits for its second attempt",
                    () -> loopback.heard.events().stream().anyMatch(event -> event.kind() == Kind.RETRIED));
            first.complete(null);
            ended(sent.get(0), Certainty.REFUSED);
            ended(sent.get(4), Certainty.MAYBE_DONE); // the last that the end of the run looks at
            others.complete(null);
            ended(sent.get(1), Certainty.REFUSED);
            ended(sent.get(2), Certainty.MAYBE_DONE);
            assertThat(Loopback.failure(sent.get(3))).as("its own fault").isInstanceOf(InvalidRequestException.class);
            ended(loopback.submit(), Certainty.NOT_SENT);
        }
    }

    private static void ended(CompletableFuture<Completion> future, Certainty certainty) {
        assertThat(Loopback.failure(future))
                .isInstanceOfSatisfying(
                        QuotaExhaustedException.class,
                        e -> assertThat(e.certainty()).isEqualTo(certainty));
    }

    @Test
    void whatWaitsBetweenAttemptsEndsWithTheRun() throws Exception {
        TestTime still = new TestTime();
        try (Loopback loopback = new Loopback(
                r -> r.index() == 0 ? ServerReply.json(500, "{}") : Loopback.quota(), Loopback.openAi(), still)) {
            CompletableFuture<Completion> waits = loopback.submit();
            Loopback.await(
                    "it waits for its second attempt",
                    () -> loopback.heard.events().stream().anyMatch(event -> event.kind() == Kind.RETRIED));
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(QuotaExhaustedException.class);
            assertThat(Loopback.failure(waits))
                    .isInstanceOf(QuotaExhaustedException.class)
                    .hasMessageContaining("An earlier attempt may have been done")
                    .hasMessageContaining("attempts 1");
            still.clock().advance(Duration.ofMinutes(5));
            assertThat(loopback.server.requests()).hasSize(2);
        }
    }

    @Test
    void aWrongKeyOrModelEndsTheRun() {
        try (Loopback loopback =
                new Loopback(r -> FakeOpenAi.error(401, "invalid_request_error", "invalid_api_key", null))) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(AuthenticationException.class);
        }
        try (Loopback loopback = new Loopback(
                r -> FakeOpenAi.error(404, "invalid_request_error", "model_not_found", null),
                Loopback.openAi(),
                new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(ModelNotFoundException.class);
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(ModelNotFoundException.class);
            assertThat(loopback.server.requests()).hasSize(1);
        }
    }

    @Test
    void aKeyWithoutMoneyIsLeftForTheOtherOneAndTheRunGoesOn() {
        OpenAiTraffic keys = new OpenAiTraffic(
                List.of(OpenAiEndpoint.withKey("rich", "r"), OpenAiEndpoint.withKey("poor", "p")),
                new OpenAiLimits(),
                load -> {});
        try (Loopback loopback = new Loopback(
                r -> "Bearer p".equals(r.header("authorization")) ? Loopback.quota() : Loopback.answer(),
                Loopback.openAi(),
                new SkippingTime(),
                keys)) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                futures.add(loopback.submit());
            }
            for (CompletableFuture<Completion> future : futures) {
                assertThat(Loopback.join(future).text()).isEqualTo("Hi");
            }
            assertThat(loopback.generator.toString()).doesNotContain("ended");
        }
    }

    @Test
    void aKeyThatChangesUnderwayEndsNothing() {
        AtomicReference<String> key = new AtomicReference<>("old");
        OpenAiSettingsBuilder settings = Loopback.openAi().apiKeySupplier(key::get);
        try (Loopback loopback = new Loopback(
                r -> {
                    key.set("new");
                    return "Bearer new".equals(r.header("authorization"))
                            ? Loopback.answer()
                            : FakeOpenAi.error(401, "invalid_request_error", "invalid_api_key", null);
                },
                settings,
                new SkippingTime())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(2);
        }
    }

    @Test
    void cancellingAndClosingAbortTheExchange() throws Exception {
        try (Loopback loopback = new Loopback(r -> ServerReply.silence(), Loopback.openAi(), new SkippingTime())) {
            CompletableFuture<Completion> silent = loopback.submit();
            CompletableFuture<Completion> stays = loopback.submit();
            loopback.awaitRequests(2);
            silent.cancel(true);
            Loopback.await("the server sees one end", () -> loopback.server.openConnections() == 1);
            assertThat(stays).isNotDone();
            loopback.generator.close();
            assertThat(Loopback.failure(stays)).isInstanceOfSatisfying(GeneratorClosedException.class, e -> {
                assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE);
                assertThat(e.attempts()).isEqualTo(1);
            });
            Loopback.await("the server sees the other end", () -> loopback.server.openConnections() == 0);
        }
        try (Loopback loopback = new Loopback(
                r -> ServerReply.events(List.of(FIRST, LAST)).stallAt(200), Loopback.openAi(), new SkippingTime())) {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            CompletableFuture<Completion> streaming =
                    loopback.generator.submit(GenerationRequest.of(Prompt.of(Planted.PROMPT))
                            .withListener((choice, delta) -> begun.complete(null)));
            begun.get();
            streaming.cancel(true);
            Loopback.await("the server sees the end", () -> loopback.server.openConnections() == 0);
        }
    }

    @Test
    void anAttemptThatTakesTooLongMayBeDone() throws Exception {
        TestTime still = new TestTime();
        try (Loopback loopback =
                new Loopback(r -> ServerReply.silence(), Loopback.openAi().whenMaybeDone(WhenMaybeDone.FAIL), still)) {
            CompletableFuture<Completion> late = loopback.submit();
            loopback.awaitRequests(1);
            still.clock().advance(Duration.ofMinutes(10));
            assertThat(Loopback.failure(late)).isInstanceOfSatisfying(GenerationTimeoutException.class, e -> {
                assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE);
                assertThat(e).hasMessageContaining("attemptTimeout");
            });
            Loopback.await("the server sees the end", () -> loopback.server.openConnections() == 0);
        }
    }

    @Test
    void aConnectionThatIsRefusedWasNotSent() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        OpenAiSettingsBuilder nobody = once().baseUrl("http://127.0.0.1:" + port + "/v1");
        try (Loopback loopback = new Loopback(r -> Loopback.answer(), nobody, new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit()))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.certainty()).isEqualTo(Certainty.NOT_SENT));
        }
    }

    @Test
    void aBrokenConnectionMayBeDone() {
        List<ServerReply> breaks = List.of(
                ServerReply.reset(),
                Loopback.answer().cutAt(0),
                Loopback.answer().cutAt(20),
                Loopback.answer().resetAt(120),
                ServerReply.raw("not http\r\n\r\n"));
        for (ServerReply reply : breaks) {
            try (Loopback loopback = new Loopback(r -> reply, once(), new SkippingTime())) {
                assertThat(Loopback.failure(loopback.submit()))
                        .isInstanceOfSatisfying(
                                TransportException.class,
                                e -> assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE));
            }
        }
    }

    @Test
    void aStreamThatBreaksIsResentOnlyIfNothingWasHeard() {
        ServerReply whole = ServerReply.events(List.of(FIRST, LAST, "[DONE]"));
        for (int cut : new int[] {110, 230}) { // before and after the first text
            StringBuilder text = new StringBuilder();
            try (Loopback loopback = new Loopback(
                    r -> r.index() == 0 ? whole.cutAt(cut) : whole, Loopback.openAi(), new SkippingTime())) {
                CompletableFuture<Completion> future =
                        loopback.generator.submit(GenerationRequest.of(Prompt.of(Planted.PROMPT))
                                .withListener((choice, delta) -> text.append(delta)));
                if (cut == 110) {
                    assertThat(Loopback.join(future).attempts()).isEqualTo(2);
                } else {
                    assertThat(Loopback.failure(future))
                            .isInstanceOf(TransportException.class)
                            .hasMessageContaining("had heard part of the answer");
                    assertThat(loopback.server.requests()).hasSize(1);
                }
            }
            assertThat(text).hasToString("Hello");
        }
    }

    @Test
    void aServerThatNeverEndsItsStreamsKeepsNoConnections() throws Exception {
        TestTime still = new TestTime();
        byte[] all = ("data: " + FIRST + "\n\ndata: " + LAST + "\n\ndata: [DONE]\n\n").getBytes(StandardCharsets.UTF_8);
        try (Loopback loopback = new Loopback(
                r -> wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
                    wire.chunk(all);
                    wire.awaitEnd();
                },
                Loopback.openAi(),
                still)) {
            for (int i = 0; i < 3; i++) {
                assertThat(Loopback.join(loopback.submit()).text()).isEqualTo("Hello");
            }
            still.clock().advance(Exchange.LINGER.minusMillis(1));
            assertThat(loopback.server.openConnections()).isEqualTo(3);
            still.clock().advance(Duration.ofMillis(1));
            Loopback.await("the server sees their ends", () -> loopback.server.openConnections() == 0);
        }
    }

    @Test
    void aServerThatOnlyFailsIsTriedToTheLimit() {
        OpenAiSettingsBuilder three = Loopback.openAi().retries(3, Duration.ofMinutes(2));
        try (Loopback loopback =
                new Loopback(r -> ServerReply.json(200, "{\"choices\":[]}"), three, new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOfSatisfying(ServerException.class, e -> {
                assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE);
                assertThat(e).hasMessageContaining("attempts 3");
            });
            assertThat(loopback.server.requests()).hasSize(3);
        }
    }

    @Test
    void azureAndProxiesAreAskedWhereTheyAre() {
        OpenAiSettingsBuilder azure = OpenAiSettings.builder().azure(new AzureDeployment("dep", "2024-10-21"));
        try (Loopback loopback = new Loopback(r -> Loopback.answer(), azure, new SkippingTime())) {
            assertThat(Loopback.join(loopback.submit()).text()).isEqualTo("Hi");
            assertThat(loopback.server.requests().get(0).target())
                    .isEqualTo("/v1/openai/deployments/dep/chat/completions?api-version=2024-10-21");
            assertThat(loopback.server.requests().get(0).header("api-key")).isEqualTo(Planted.KEY);
        }
        try (Loopback proxy = new Loopback(r -> Loopback.answer())) {
            URI address = URI.create(proxy.server.url());
            OpenAiSettingsBuilder through = Loopback.openAi()
                    .baseUrl("http://nowhere.invalid/v1")
                    .proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort())));
            try (Loopback loopback = new Loopback(r -> ServerReply.reset(), through, new SkippingTime())) {
                assertThat(Loopback.join(loopback.submit()).text()).isEqualTo("Hi");
                assertThat(proxy.server.requests().get(0).target())
                        .isEqualTo("http://nowhere.invalid/v1/chat/completions");
            }
        }
    }

    @Test
    void aFullQueueThatFailsAtOnceGrowsNoStack() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        OpenAiSettingsBuilder single = Loopback.openAi().maxInFlight(1);
        SamplingParams hot = SamplingParams.builder().temperature(0.3).build();
        try (Loopback loopback = new Loopback(
                r -> switch (r.index()) {
                    case 0 -> FakeOpenAi.error(400, "invalid_request_error", "unsupported_value", "temperature");
                    case 1 -> Loopback.answer();
                    default -> Loopback.answer().after(gate);
                },
                single,
                new SkippingTime())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(2);
            CompletableFuture<Completion> slow = loopback.submit();
            loopback.awaitRequests(3);
            List<CompletableFuture<Completion>> failing = new ArrayList<>();
            for (int i = 0; i < 16_000; i++) {
                failing.add(loopback.submit(hot));
            }
            gate.complete(null);
            assertThat(Loopback.join(slow).text()).isEqualTo("Hi");
            for (CompletableFuture<Completion> future : failing) {
                assertThat(Loopback.failure(future)).isInstanceOf(InvalidRequestException.class);
            }
            assertThat(loopback.server.requests()).hasSize(3);
        }
    }

    @Test
    void aFailureOfACallersIsNotTriedAgain() {
        try (Loopback loopback = new Loopback(
                r -> ServerReply.events(List.of(FIRST, LAST, "[DONE]")), Loopback.openAi(), new SkippingTime())) {
            CompletableFuture<Completion> future = loopback.generator.submit(
                    GenerationRequest.of(Prompt.of(Planted.PROMPT)).withListener((choice, delta) -> {
                        throw new IllegalStateException("mine");
                    }));
            assertThat(Loopback.failure(future))
                    .isExactlyInstanceOf(GenerationException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(loopback.server.requests()).hasSize(1);
        }
    }
}
