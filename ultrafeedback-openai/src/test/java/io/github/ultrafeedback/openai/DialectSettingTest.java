package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sets by hand reaches the server, and what must not be seen does not come back. */
final class DialectSettingTest {
    private static String sent(Dialect dialect, SamplingParams params) {
        OpenAiSettingsBuilder settings = OpenAiSettings.builder().dialect(dialect);
        try (Loopback loopback = new Loopback(r -> Loopback.answer(), settings, new SkippingTime())) {
            Completion unused = Loopback.join(loopback.submit(params));
            return loopback.bodies().get(0);
        }
    }

    @Test
    void aDialectThatIsSetIsSpoken() {
        SamplingParams params = SamplingParams.builder()
                .topK(50)
                .minP(0.1)
                .repetitionPenalty(1.2)
                .stopTokenIds(List.of(7))
                .build();
        assertThat(sent(Dialect.VLLM, params))
                .contains("\"top_k\":50", "\"min_p\":0.1", "\"repetition_penalty\":1.2", "\"stop_token_ids\":[7]");
    }

    @Test
    void neutralValuesAreSentWhereTheDefaultsOfTheDialectAreNot() {
        assertThat(sent(Dialect.LLAMA_CPP, SamplingParams.defaults())).contains("\"top_k\":0", "\"min_p\":0");
    }

    @Test
    void logprobsEndWithTheTokenThatCompletesAStopOfOurs() {
        String tokens = "{\"content\":[{\"token\":\"one\",\"logprob\":-1},{\"token\":\" two\",\"logprob\":-2},"
                + "{\"token\":\" three\",\"logprob\":-3}]}";
        ServerReply reply = ServerReply.json(
                200,
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"one two three\"},\"logprobs\":" + tokens
                        + ",\"finish_reason\":\"stop\"}]}");
        SamplingParams params = SamplingParams.builder()
                .stop(List.of("a", "b", "c", "d", " tw"))
                .logprobs(0)
                .build();
        try (Loopback loopback = new Loopback(r -> reply, Loopback.openAi(), new SkippingTime())) {
            Choice choice = Loopback.join(loopback.submit(params)).choices().get(0);
            assertThat(choice.text()).isEqualTo("one");
            assertThat(choice.stopReason()).isEqualTo(new StopReason.StopString(" tw"));
            assertThat(choice.logprobs()).extracting(TokenLogprob::token).containsExactly("one", " two");
        }
    }

    @Test
    void aKeyThatTheServerEchoesIsNotShown() {
        String key = "0123456789abcdef0123456789abcdef".replace('0', 'a'); // no prefix tells that it is one
        ServerReply echo = ServerReply.json(
                401, "{\"error\":{\"code\":\"" + key + "\",\"param\":\"" + key + "\"}}", "x-request-id: " + key);
        OpenAiSettingsBuilder settings = Loopback.openAi().apiKey(key);
        try (Loopback loopback = new Loopback(r -> echo, settings, new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOfSatisfying(AuthenticationException.class, e -> {
                assertThat(e.getMessage()).contains("status 401").doesNotContain(key);
                assertThat(e.requestId()).isEmpty();
            });
        }
    }

    @Test
    void anErrorInASuccessSaysWhatToDo() {
        ServerReply reply = ServerReply.json(200, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"m\"}}");
        try (Loopback loopback = new Loopback(r -> reply, Loopback.openAi(), new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit())).hasMessageContaining("billing page");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0S", "PT2562047788015H"})
    void aTimeThatCannotBeWaitedForIsRefused(String time) {
        OpenAiSettingsBuilder settings =
                OpenAiSettings.builder().timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.parse(time));
        assertThatThrownBy(settings::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("totalTimeout");
    }
}
