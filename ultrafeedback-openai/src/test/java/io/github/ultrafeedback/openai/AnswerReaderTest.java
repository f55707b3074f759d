package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {
    private final TestCalls.Heard heard = new TestCalls.Heard(true);

    private Answer whole(SamplingParams params, List<String> cutAt, String body) {
        AnswerReader reader = new AnswerReader(TestCalls.call(params, new TestCalls.Heard(false)), cutAt);
        reader.head(200, TestCalls.headers("content-type", "application/json", "x-request-id", "req_9"));
        reader.accept(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        return reader.end();
    }

    private Answer whole(String body) {
        return whole(SamplingParams.defaults(), List.of(), body);
    }

    private Answer stream(SamplingParams params, byte[] bytes, int... cuts) {
        AnswerReader reader = new AnswerReader(TestCalls.call(params, heard), List.of());
        reader.head(200, TestCalls.headers("content-type", "Text/Event-Stream"));
        int from = 0;
        for (int cut : cuts) {
            reader.accept(ByteBuffer.wrap(bytes, from, cut - from));
            from = cut;
        }
        reader.accept(ByteBuffer.wrap(bytes, from, bytes.length - from));
        return reader.end();
    }

    private static byte[] events(String... data) {
        StringBuilder text = new StringBuilder();
        for (String event : data) {
            text.append("data: ").append(event).append("\n\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String chunk(int index, String content, String reason) {
        return "{\"choices\":[{\"index\":" + index + ",\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":"
                + reason + "}],\"usage\":null}";
    }

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
    void choicesBeyondThoseAskedForAreLeftOut() {
        String two = "{\"choices\":[{\"index\":1,\"text\":\"b\",\"finish_reason\":\"stop\"},"
                + "{\"index\":0,\"text\":\"a\",\"finish_reason\":\"stop\"}]}";
        assertThat(whole(two).choices()).extracting(c -> c.text()).containsExactly("a");
        byte[] streamed = events(chunk(1, "b", "null"), chunk(0, "a", "\"stop\""), chunk(1, "", "\"stop\""), "[DONE]");
        assertThat(stream(SamplingParams.defaults(), streamed).choices())
                .extracting(c -> c.text())
                .containsExactly("a");
        assertThat(heard.text).hasToString("a");
    }

    @Test
    void aServerThatIgnoresNIsToldOf() {
        SamplingParams two = SamplingParams.builder().n(2).build();
        assertThatThrownBy(() -> whole(two, List.of(), "{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"}]}"))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.kind()).isEqualTo(ApiFailure.Kind.INVALID))
                .hasMessageContaining("n is 2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aStreamIsTheSameHoweverItIsCut(long seed) {
        byte[] bytes = events(
                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
                chunk(0, "für ", "null"),
                chunk(1, "b", "null"),
                chunk(0, "\\ud83d", "null"),
                chunk(0, "\\ude42 🙂", "null"),
                chunk(1, "", "\"length\""),
                chunk(0, "", "\"stop\""),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":6}}",
                "[DONE]");
        SamplingParams two = SamplingParams.builder().n(2).build();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            heard.text.setLength(0);
            int[] cuts = random.ints(random.nextInt(20), 0, bytes.length + 1)
                    .sorted()
                    .toArray();
            Answer answer = stream(two, bytes, cuts);
            assertThat(answer.choices()).extracting(c -> c.text()).containsExactly("für 🙂 🙂", "b");
            assertThat(answer.choices())
                    .extracting(c -> c.finishReason())
                    .containsExactly(FinishReason.STOP, FinishReason.LENGTH);
            assertThat(answer.usage().totalTokens()).isEqualTo(10);
            assertThat(heard.text).hasToString("für 1:b🙂 🙂");
        }
    }

    @Test
    void aStreamThatEndsEarlyIsAFailureWhereverItEnds() {
        byte[] bytes = events(chunk(0, "Hello", "null"), chunk(0, " you", "null"), chunk(0, "", "\"stop\""), "[DONE]");
        String text = new String(bytes, StandardCharsets.UTF_8);
        int whole = text.indexOf("\"stop\"")
                + text.substring(text.indexOf("\"stop\"")).indexOf("\n\n")
                + 2;
        for (int cut = 0; cut < whole; cut++) {
            byte[] beginning = java.util.Arrays.copyOf(bytes, cut);
            ApiFailure failure =
                    catchThrowableOfType(ApiFailure.class, () -> stream(SamplingParams.defaults(), beginning));
            assertThat(failure.kind()).as("cut at %s", cut).isEqualTo(ApiFailure.Kind.BAD_ANSWER);
        }
        assertThat(stream(SamplingParams.defaults(), java.util.Arrays.copyOf(bytes, whole))
                        .choices())
                .as("all that matters was there")
                .hasSize(1);
        assertThatThrownBy(() -> stream(SamplingParams.defaults(), events(chunk(0, "x", "null"), "[DONE]")))
                .isInstanceOf(ApiFailure.class);
    }

    @Test
    void anErrorWithinAStreamIsRaised() {
        String error = "{\"error\":{\"message\":\"my prompt\",\"type\":%s,\"code\":%s}}";
        assertThat(failure(error.formatted("\"server_error\"", "null")).kind()).isEqualTo(ApiFailure.Kind.SERVER);
        assertThat(failure(error.formatted("null", "\"rate_limit_exceeded\"")).kind())
                .isEqualTo(ApiFailure.Kind.RATE_LIMIT);
        assertThat(failure(error.formatted("\"BadRequestError\"", "400")).kind())
                .isEqualTo(ApiFailure.Kind.INVALID);
        assertThat(failure(error.formatted("\"insufficient_quota\"", "null")).kind())
                .isEqualTo(ApiFailure.Kind.QUOTA);
        assertThat(failure("{\"error\":\"text\"}").kind()).isEqualTo(ApiFailure.Kind.SERVER);
        assertThat(failure("no json").kind()).isEqualTo(ApiFailure.Kind.BAD_ANSWER);
        assertThat(failure(chunk(-1, "x", "null")).kind()).isEqualTo(ApiFailure.Kind.BAD_ANSWER);
    }

    private ApiFailure failure(String event) {
        return catchThrowableOfType(
                ApiFailure.class,
                () -> stream(
                        SamplingParams.defaults(), events(chunk(0, "a", "null"), event, chunk(0, "", "\"stop\""))));
    }
}
