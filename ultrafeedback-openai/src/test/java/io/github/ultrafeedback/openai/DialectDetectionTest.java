package io.github.ultrafeedback.openai;

import static io.github.ultrafeedback.openai.Habits.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationTimeoutException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server is asked what it is, where the settings do not say it. */
@Timeout(120)
final class DialectDetectionTest {
    private static Function<ServerRequest, ServerReply> owned(String owner) {
        return request -> request.path().endsWith("/models")
                ? ServerReply.json(200, "{\"data\":[{\"id\":\"m\",\"owned_by\":\"" + owner + "\"}]}")
                : Loopback.answer();
    }

    private static Loopback detecting(Function<ServerRequest, ServerReply> script) {
        return new Loopback(script);
    }

    @Test
    void aServerIsAskedOnceWhatItIs() {
        SamplingParams topK = SamplingParams.builder().topK(5).build();
        try (Loopback loopback = detecting(owned("vllm"))) {
            Completion completion = Loopback.join(loopback.submit(topK));
            assertThat(completion.attempts()).isEqualTo(1);
            Loopback.join(loopback.submit());
            assertThat(loopback.server.requests())
                    .extracting(ServerRequest::path)
                    .containsExactly("/v1/models", "/v1/chat/completions", "/v1/chat/completions");
            assertThat(body(loopback.server.requests().get(1)).path("top_k").asInt())
                    .isEqualTo(5);
            assertThat(body(loopback.server.requests().get(2)).path("top_k").asInt())
                    .isEqualTo(-1);
        }
        try (Loopback loopback = detecting(owned("llamacpp"))) {
            Loopback.join(loopback.submit(topK));
            assertThat(body(loopback.server.requests().get(1)).has("repeat_penalty"))
                    .isTrue();
        }
    }

    @Test
    void anUnknownServerIsSentNothingItMayNotKnow() {
        for (Function<ServerRequest, ServerReply> script : List.of(
                owned("somebody"),
                r -> r.path().endsWith("/models") ? ServerReply.json(404, "{}") : Loopback.answer())) {
            try (Loopback loopback = detecting(script)) {
                SamplingParams topK = SamplingParams.builder().topK(5).build();
                assertThat(Loopback.failure(loopback.submit(topK)))
                        .isInstanceOfSatisfying(
                                InvalidRequestException.class,
                                e -> assertThat(e.certainty()).isEqualTo(Certainty.NOT_SENT))
                        .hasMessageContaining("topK");
                assertThat(Loopback.join(loopback.submit()).text()).isEqualTo("Hi");
            }
        }
    }

    private static Function<ServerRequest, ServerReply> listing(ServerReply models) {
        return r -> r.path().endsWith("/models") ? models : Loopback.answer();
    }

    private static Loopback detecting(ServerReply models, Time time) {
        return new Loopback(listing(models), OpenAiSettings.builder().retries(1, Duration.ofMinutes(2)), time);
    }

    @Test
    void aServerThatListsNoModelsAnswersPromptsAllTheSame() {
        for (ServerReply models : List.of(ServerReply.json(500, "{}"), ServerReply.json(429, "{}"))) {
            try (Loopback loopback = detecting(models, new SkippingTime())) {
                for (int i = 0; i < 5; i++) {
                    assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(1);
                }
                assertThat(loopback.server.requests()).as("one of them asks").hasSize(6);
            }
        }
    }

    @Test
    void aServerThatIsSilentAboutItsModelsHoldsPromptsForFiveSecondsOnce() throws Exception {
        TestTime still = new TestTime();
        try (Loopback loopback = detecting(ServerReply.silence(), still)) {
            CompletableFuture<Completion> first = loopback.submit();
            loopback.awaitRequests(1);
            still.clock().advance(Duration.ofMillis(4_999));
            assertThat(first).isNotDone();
            still.clock().advance(Duration.ofMillis(1));
            assertThat(Loopback.join(first).text()).isEqualTo("Hi");
            still.clock().advance(Duration.ofSeconds(10));
            assertThat(Loopback.join(loopback.submit()).text())
                    .as("the server is asked again beside it")
                    .isEqualTo("Hi");
            assertThat(loopback.server.requests())
                    .extracting(ServerRequest::path)
                    .containsExactlyInAnyOrder(
                            "/v1/models", "/v1/chat/completions", "/v1/models", "/v1/chat/completions");
            SamplingParams topK = SamplingParams.builder().topK(5).build();
            CompletableFuture<Completion> needs = loopback.submit(topK);
            still.clock().advance(Duration.ofSeconds(5));
            assertThat(Loopback.failure(needs))
                    .isInstanceOfSatisfying(
                            GenerationTimeoutException.class,
                            e -> assertThat(e.certainty()).isEqualTo(Certainty.NOT_SENT))
                    .hasMessageContaining("dialect");
        }
    }

    @Test
    void aPromptThatNeedsTheDialectAsksUntilTheServerIsReady() {
        SamplingParams topK = SamplingParams.builder().topK(5).build();
        try (Loopback loopback = detecting(
                r -> r.index() < 2 ? ServerReply.json(503, "{}") : owned("vllm").apply(r))) {
            Completion completion = Loopback.join(loopback.submit(topK));
            assertThat(completion.attempts()).as("requests for the answer").isEqualTo(1);
            assertThat(loopback.server.requests()).hasSize(4);
        }
    }
}
