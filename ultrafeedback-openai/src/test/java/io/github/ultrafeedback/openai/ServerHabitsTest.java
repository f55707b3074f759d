package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationTimeoutException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers and models that take less than OpenAI's, or more. */
@Timeout(120)
final class ServerHabitsTest {
    private static JsonNode body(ServerRequest request) {
        return java.util.Objects.requireNonNull(Json.object(request.body()));
    }

    /** Refuses each of these fields by name, one at a time. */
    private static Function<ServerRequest, ServerReply> refusing(@Nullable String code, String... fields) {
        return request -> {
            for (String field : fields) {
                if (body(request).has(field)) {
                    return FakeOpenAi.error(400, "invalid_request_error", code, field);
                }
            }
            return Loopback.answer();
        };
    }

    private static Loopback loopback(Function<ServerRequest, ServerReply> script) {
        return new Loopback(script, Loopback.openAi(), new SkippingTime());
    }

    @ParameterizedTest
    @CsvSource({"max_tokens, max_completion_tokens", "max_completion_tokens, max_tokens"})
    void theLengthIsRenamedOnceAndForAll(String refused, String taken) {
        LengthField first = refused.equals("max_tokens") ? LengthField.MAX_TOKENS : LengthField.MAX_COMPLETION_TOKENS;
        try (Loopback loopback = new Loopback(
                refusing("unsupported_parameter", refused), Loopback.openAi().lengthField(first), new SkippingTime())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(2);
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(1);
            assertThat(body(loopback.server.requests().get(2)).path(taken).asInt())
                    .isEqualTo(1024);
        }
    }

    @Test
    void aServerThatRefusesBothLengthsIsNotAskedForEver() {
        try (Loopback loopback = loopback(refusing("unsupported_parameter", "max_tokens", "max_completion_tokens"))) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(InvalidRequestException.class);
            assertThat(loopback.server.requests()).hasSize(2);
        }
    }

    @Test
    void aReasoningModelIsLearntFromItsErrors() {
        String[] refused = {"max_tokens", "temperature", "top_p", "seed", "stop"};
        try (Loopback loopback = loopback(refusing("unsupported_value", refused))) {
            SamplingParams stop = SamplingParams.builder().stop(List.of("i")).build();
            Completion learnt = Loopback.join(loopback.submit(stop));
            assertThat(learnt.attempts()).isEqualTo(6);
            assertThat(learnt.text()).as("stops are matched by us").isEqualTo("H");
            assertThat(learnt.seed()).as("the model takes none").isEmpty();
            assertThat(Loopback.join(loopback.submit(stop)).attempts()).isEqualTo(1);
            SamplingParams hot = SamplingParams.builder().temperature(0.3).build();
            assertThat(Loopback.failure(loopback.submit(hot)))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            e -> assertThat(e.certainty()).isEqualTo(Certainty.NOT_SENT))
                    .hasMessageContaining("temperature");
            assertThat(loopback.server.requests()).hasSize(7);
        }
    }

    @Test
    void aParameterThatMattersIsNeverDropped() {
        try (Loopback loopback = loopback(refusing("unsupported_value", "temperature"))) {
            SamplingParams hot = SamplingParams.builder().temperature(0.3).build();
            assertThat(Loopback.failure(loopback.submit(hot)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("param temperature");
            assertThat(loopback.server.requests()).hasSize(1);
        }
    }

    @Test
    void anErrorThatNamesAParameterForAnotherReasonTeachesNothing() {
        try (Loopback loopback = loopback(refusing("invalid_value", "temperature"))) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(InvalidRequestException.class);
            assertThat(loopback.server.requests()).hasSize(1);
        }
    }

    @Test
    void aSeedThatNobodyAskedForIsLeftOutOnceAServerRefusesIt() {
        String detail = "{\"detail\":[{\"type\":\"%s\",\"loc\":[\"body\",\"seed\"],\"msg\":\"no\"}]}";
        for (ServerReply refusal : List.of(
                ServerReply.json(422, detail.formatted("extra_forbidden")),
                ServerReply.json(
                        422,
                        "{\"object\":\"error\",\"message\":" + detail.formatted("extra_forbidden")
                                + ",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}"),
                ServerReply.json(400, detail.formatted("value_error")),
                FakeOpenAi.error(400, "invalid_request_error", null, "seed"),
                FakeOpenAi.error(400, "invalid_request_error", "400", "seed"),
                FakeOpenAi.error(400, "BadRequestError", "invalid_request_error", "seed"))) {
            try (Loopback loopback = loopback(r -> body(r).has("seed") ? refusal : Loopback.answer())) {
                Completion completion = Loopback.join(loopback.submit());
                assertThat(completion.attempts()).isEqualTo(2);
                assertThat(completion.seed()).isEmpty();
                assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "null, \"max_tokens\"",
        "\"400\", \"max_tokens\"",
        "\"invalid_request_error\", \"max_tokens\"",
        "null, null"
    })
    void theLengthIsRenamedWhereTheMessageNamesTheOther(String code, String param) {
        ServerReply refusal = ServerReply.json(
                400,
                "{\"error\":{\"message\":\"'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                        + " instead.\",\"type\":\"invalid_request_error\",\"code\":" + code + ",\"param\":" + param
                        + "}}");
        try (Loopback loopback = loopback(r -> body(r).has("max_tokens") ? refusal : Loopback.answer())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(2);
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(1);
        }
    }

    @Test
    void aLengthThatIsTooLongIsNotRenamed() {
        try (Loopback loopback = loopback(refusing(null, "max_tokens"))) {
            assertThat(Loopback.failure(loopback.submit())).hasMessageContaining("param max_tokens");
            assertThat(Loopback.failure(loopback.submit())).hasMessageContaining("param max_tokens");
            assertThat(loopback.server.requests()).hasSize(2);
        }
    }

    @Test
    void aRefusedValueFailsItsPromptsWithTheFixAndIsNotSentAgain() {
        SamplingParams hot = SamplingParams.builder().temperature(0.7).build();
        for (String code : new String[] {null, "400", "unsupported_value"}) {
            try (Loopback loopback = loopback(r -> body(r).path("temperature").asDouble(1) == 0.7
                    ? FakeOpenAi.error(400, "invalid_request_error", code, "temperature")
                    : Loopback.answer())) {
                for (Certainty certainty : List.of(Certainty.REFUSED, Certainty.NOT_SENT)) {
                    assertThat(Loopback.failure(loopback.submit(hot)))
                            .isInstanceOfSatisfying(
                                    InvalidRequestException.class,
                                    e -> assertThat(e.certainty()).isEqualTo(certainty))
                            .hasMessageContainingAll("temperature", "0.7", "set it to 1.0");
                }
                assertThat(loopback.server.requests()).hasSize(1);
                Loopback.join(loopback.submit(hot.toBuilder().temperature(0.5).build()));
                Loopback.join(loopback.submit());
                assertThat(loopback.server.requests()).as("others are taken").hasSize(3);
            }
        }
    }

    @Test
    void aFieldOfTheUsersOwnIsNotResentForEver() {
        OpenAiSettingsBuilder own = Loopback.openAi().extraBody(Map.of("seed", 5));
        try (Loopback loopback = new Loopback(refusing("unsupported_parameter", "seed"), own, new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit())).hasMessageContaining("param seed");
            assertThat(loopback.server.requests()).hasSize(1);
        }
    }

    @Test
    void aServerThatIgnoresNIsAskedForOneAfterThat() {
        SamplingParams three = SamplingParams.builder().n(3).build();
        try (Loopback loopback = loopback(r -> Loopback.answer())) {
            for (Certainty certainty : List.of(Certainty.MAYBE_DONE, Certainty.NOT_SENT)) {
                assertThat(Loopback.failure(loopback.submit(three)))
                        .isInstanceOfSatisfying(
                                InvalidRequestException.class,
                                e -> assertThat(e.certainty()).isEqualTo(certainty))
                        .hasMessageContaining("with n 1");
            }
            assertThat(loopback.server.requests()).hasSize(1);
            assertThat(Loopback.join(loopback.submit()).text()).isEqualTo("Hi");
        }
    }

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

    @Test
    void moreThanFourStopsAreHonoured() {
        try (FakeOpenAi openAi = new FakeOpenAi();
                Loopback loopback = new Loopback(openAi, Loopback.openAi(), new SkippingTime())) {
            SamplingParams params =
                    SamplingParams.builder().maxTokens(40).seed(3).build();
            String full = Loopback.join(loopback.submit(params)).text();
            for (int start : IntStream.range(0, full.length() - 12).toArray()) {
                List<String> stops = List.of(
                        full.substring(start + 8, start + 12),
                        full.substring(start + 6, start + 10),
                        full.substring(start + 4, start + 8),
                        full.substring(start + 5, start + 9),
                        full.substring(start, start + 3));
                if (stops.stream().anyMatch(stop -> stop.chars().anyMatch(c -> Character.isSurrogate((char) c)))) {
                    continue;
                }
                Completion cut = Loopback.join(
                        loopback.submit(params.toBuilder().stop(stops).build()));
                int end = IntStream.rangeClosed(1, full.length())
                        .filter(e -> stops.stream().anyMatch(full.substring(0, e)::endsWith))
                        .findFirst()
                        .orElseThrow();
                String stop = stops.stream()
                        .filter(full.substring(0, end)::endsWith)
                        .findFirst()
                        .orElseThrow();
                assertThat(cut.text()).as("%s", stops).isEqualTo(full.substring(0, end - stop.length()));
            }
        }
    }

    @Test
    void aStreamThatComesAsOneObjectIsHeardAllTheSame() {
        StringBuilder text = new StringBuilder();
        try (Loopback loopback = loopback(r -> Loopback.answer())) {
            Completion completion =
                    Loopback.join(loopback.generator.submit(GenerationRequest.of(Prompt.of(Planted.PROMPT))
                            .withListener((choice, delta) -> text.append(delta))));
            assertThat(completion.text()).isEqualTo("Hi").isEqualTo(text.toString());
        }
    }

    @Test
    void legacyCompletionsAreAskedForRawText() {
        String legacy = "{\"choices\":[{\"index\":0,\"text\":\"more\",\"finish_reason\":\"length\"}]}";
        try (Loopback loopback = new Loopback(
                r -> ServerReply.json(200, legacy),
                Loopback.openAi().endpoint(Endpoint.COMPLETIONS),
                new SkippingTime())) {
            Completion completion = Loopback.join(loopback.generator.submit(GenerationRequest.of(Prompt.raw("Once"))));
            assertThat(completion.text()).isEqualTo("more");
            assertThat(loopback.server.requests().get(0).path()).isEqualTo("/v1/completions");
            assertThat(Set.of(body(loopback.server.requests().get(0))
                            .path("prompt")
                            .asText()))
                    .containsExactly("Once");
        }
    }
}
