package io.github.ultrafeedback.openai;

import static io.github.ultrafeedback.openai.TestAnswers.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.SamplingParams;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come as a stream, however it is cut and wherever it ends. */
final class StreamedAnswerTest {
    private final TestCalls.Heard heard = new TestCalls.Heard(true);

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
