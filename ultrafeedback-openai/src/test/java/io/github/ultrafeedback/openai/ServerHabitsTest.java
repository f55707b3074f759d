package io.github.ultrafeedback.openai;

import static io.github.ultrafeedback.openai.Habits.body;
import static io.github.ultrafeedback.openai.Habits.loopback;
import static io.github.ultrafeedback.openai.Habits.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers and models that take less than OpenAI's, or more. */
@Timeout(120)
final class ServerHabitsTest {
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
