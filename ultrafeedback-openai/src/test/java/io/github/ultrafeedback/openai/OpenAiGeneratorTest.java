package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.RateLimitedException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.testkit.RecordingListener.Kind;
import io.github.ultrafeedback.testkit.ServerReply;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests through the whole stack: where they go, how often they are tried and what their errors tell. */
@Timeout(120)
final class OpenAiGeneratorTest {
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
}
