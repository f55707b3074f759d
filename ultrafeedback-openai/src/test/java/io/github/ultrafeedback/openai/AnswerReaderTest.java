package io.github.ultrafeedback.openai;

import static io.github.ultrafeedback.openai.TestAnswers.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come whole, and all that is read from them. */
final class AnswerReaderTest {
    @Test
    void aWholeAnswerIsReadWithAllItsFacts() {
        Answer answer =
                whole("{\"id\":\"chatcmpl-1\",\"model\":\"gpt-4-0613\",\"system_fingerprint\":\"fp\",\"new\":{},"
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"logprobs\":"
                        + "{\"content\":[{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72],\"top_logprobs\":[{\"token\":\"Ho\","
                        + "\"logprob\":-2}]}]},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,"
                        + "\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":2},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":4}}}");
        assertThat(answer.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.text()).isEqualTo("Hi");
            assertThat(choice.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(choice.logprobs())
                    .containsExactly(
                            new TokenLogprob("Hi", -1, -0.5, List.of(new TokenLogprob("Ho", -1, -2, List.of()))));
        });
        assertThat(answer.usage().cachedTokens()).isEqualTo(2);
        assertThat(answer.usage().reasoningTokens()).isEqualTo(4);
        assertThat(answer.provenance())
                .containsEntry("response_id", "chatcmpl-1")
                .containsEntry("served_model", "gpt-4-0613")
                .containsEntry("system_fingerprint", "fp")
                .containsEntry("request_id", "req_9");
    }

    @Test
    void choicesAreOrderedByIndexOrElseByPlace() {
        SamplingParams two = SamplingParams.builder().n(2).build();
        String template = "{\"choices\":[{\"index\":%d,\"text\":\"a\",\"finish_reason\":\"length\"},"
                + "{\"index\":%d,\"text\":\"b\",\"finish_reason\":\"weird\"}]}";
        Answer swapped = whole(two, List.of(), template.formatted(1, 0));
        assertThat(swapped.choices()).extracting(c -> c.text()).containsExactly("b", "a");
        assertThat(swapped.choices())
                .extracting(c -> c.finishReason())
                .containsExactly(FinishReason.OTHER, FinishReason.LENGTH);
        assertThat(swapped.provenance()).containsEntry("finish_reason.0", "weird");
        assertThat(whole(two, List.of(), template.formatted(0, 0)).choices())
                .extracting(c -> c.text())
                .containsExactly("a", "b");
    }

    @Test
    void contentThatIsNoTextIsTakenForWhatItIs() {
        String template = "{\"choices\":[{\"index\":0,\"message\":{\"content\":%s},\"finish_reason\":\"length\"}]}";
        assertThat(whole(template.formatted("null")).choices().get(0).text()).isEmpty();
        assertThat(whole(template.formatted("[{\"type\":\"text\",\"text\":\"a\"},{\"text\":\"b\"}]"))
                        .choices()
                        .get(0)
                        .text())
                .isEqualTo("ab");
        Answer refusal = whole(template.formatted("null,\"refusal\":\"No.\""));
        assertThat(refusal.choices().get(0).text()).isEqualTo("No.");
        assertThat(refusal.provenance()).containsEntry("refusal", "true");
    }

    @Test
    void theServersStopReasonAndOurOwnAreTold() {
        String body = "{\"choices\":[{\"index\":0,\"text\":\"one two\",\"finish_reason\":\"%s\",\"stop_reason\":%s}]}";
        assertThat(whole(body.formatted("stop", "\"x\"")).choices().get(0).stopReason())
                .isEqualTo(new StopReason.StopString("x"));
        assertThat(whole(body.formatted("stop", "7")).choices().get(0).stopReason())
                .isEqualTo(new StopReason.StopToken(7));
        assertThat(whole(SamplingParams.defaults(), List.of(" t"), body.formatted("length", "null"))
                        .choices()
                        .get(0))
                .satisfies(choice -> {
                    assertThat(choice.text()).isEqualTo("one");
                    assertThat(choice.finishReason()).isEqualTo(FinishReason.STOP);
                    assertThat(choice.stopReason()).isEqualTo(new StopReason.StopString(" t"));
                });
    }

    @Test
    void legacyLogprobsAreRead() {
        Answer answer = whole("{\"choices\":[{\"index\":0,\"text\":\"ab\",\"finish_reason\":\"stop\",\"logprobs\":"
                + "{\"tokens\":[\"a\",\"b\"],\"token_logprobs\":[null,-1.5],\"top_logprobs\":[null,{\"b\":-1.5}]}}]}");
        List<TokenLogprob> logprobs = answer.choices().get(0).logprobs();
        assertThat(logprobs).extracting(TokenLogprob::token).containsExactly("a", "b");
        assertThat(logprobs.get(0).logprob()).isNaN();
        assertThat(logprobs.get(1).top()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "<html>",
                "{\"choices\":[]}",
                "{\"choices\":null}",
                "{}",
                "\"text\"",
                "{\"choices\":[{\"index\":0,\"text\":\"cut"
            })
    void aBodyWithoutAnAnswerIsABadAnswer(String body) {
        ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> whole(body));
        assertThat(failure.kind()).isEqualTo(ApiFailure.Kind.BAD_ANSWER);
    }

    @Test
    void aServerThatIgnoresNIsToldOf() {
        SamplingParams two = SamplingParams.builder().n(2).build();
        assertThatThrownBy(() -> whole(two, List.of(), "{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"}]}"))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.kind()).isEqualTo(ApiFailure.Kind.INVALID))
                .hasMessageContaining("n is 2");
    }
}
