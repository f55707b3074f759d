package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.ServerException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ValuesTest {
    private static final String SECRET = "the user's own words";
    private static final ModelRef MODEL = ModelRef.parse("test:m");

    private static Completion completion(Choice... choices) {
        return new Completion(
                MODEL,
                "id",
                List.of(choices),
                Usage.of(3, 4),
                SamplingParams.defaults(),
                OptionalLong.of(9),
                1,
                Duration.ofMillis(5),
                Map.of("device", "cpu"));
    }

    private static Choice choice() {
        TokenLogprob other = new TokenLogprob(SECRET, 8, -2, List.of());
        TokenLogprob drawn = new TokenLogprob(SECRET, 7, -1, List.of(other));
        return new Choice(0, SECRET, List.of(7), List.of(drawn), FinishReason.STOP, new StopReason.StopToken(7));
    }

    static Stream<Object> values() {
        Prompt chat = Prompt.of(SECRET, SECRET).withId("id");
        GenerationRequest request = GenerationRequest.of(chat);
        ServerException failure = new ServerException("down", null, Certainty.REFUSED);
        Outcome failed = new Outcome.Failure(Prompt.raw(SECRET), failure);
        return Stream.of(
                Message.user(SECRET),
                chat,
                Prompt.raw(SECRET),
                request,
                choice(),
                choice().logprobs().get(0),
                completion(choice()),
                new Outcome.Success(completion(choice())),
                failed,
                new GenerationBatchException(List.of(failed)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void noTextOfAPromptOrAnAnswerShows(Object value) {
        assertThat(value.toString()).doesNotContain("words").hasSizeGreaterThan(10);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(
                        "maxQueued must be at least 1, got 0; leave it out for 16,384",
                        () -> GeneratorOptions.builder().maxQueued(0)),
                wrong("promptTokens must be at least 0, got -1; 0 stands for", () -> Usage.of(-1, 0)),
                wrong("completionTokens must be at least 0, got -1; 0 stands for", () -> Usage.of(0, -1)),
                wrong("cachedTokens must be at least 0, got -1; 0 stands for", () -> new Usage(0, 0, -1, 0)),
                wrong("reasoningTokens must be at least 0, got -1; 0 stands for", () -> new Usage(0, 0, 0, -1)),
                wrong("index must be at least 0, got -1; 0 is the first", () -> Choice.of(-1, "", FinishReason.STOP)),
                wrong(
                        "attempts must be at least 1, got 0; 1 is an answer",
                        () -> new Completion(
                                MODEL,
                                null,
                                List.of(choice()),
                                Usage.of(0, 0),
                                SamplingParams.defaults(),
                                OptionalLong.empty(),
                                0,
                                Duration.ZERO,
                                Map.of())),
                wrong("choices must hold at least one choice, got none", ValuesTest::completion),
                wrong("total must be at least 0, got -1; 0", () -> status(-1, 0, 0)),
                wrong("completed must be at least 0, got -1; 0", () -> status(0, -1, 0)),
                wrong("failed must be at least 0, got -1; 0", () -> status(0, 0, -1)),
                wrong("id must name a batch, got a blank text", () -> new BatchHandle(MODEL, " ")));
    }

    private static Arguments wrong(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    private static BatchStatus status(int total, int completed, int failed) {
        return new BatchStatus(BatchStatus.State.IN_PROGRESS, total, completed, failed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongValueIsRefusedWithFieldValueRangeAndFix(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void onlyABatchInProgressHasNotEnded() {
        for (BatchStatus.State state : BatchStatus.State.values()) {
            assertThat(state.ended()).isEqualTo(state != BatchStatus.State.IN_PROGRESS);
        }
    }

    @Test
    void theFirstChoiceSpeaksForTheCompletion() {
        Completion completion =
                completion(Choice.of(0, "one", FinishReason.LENGTH), Choice.of(1, "two", FinishReason.STOP));
        assertThat(completion.text()).isEqualTo("one");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(completion.usage().totalTokens()).isEqualTo(7);
    }

    @Test
    void laterChangesOfTheCallersCollectionsDoNotReachACompletion() {
        List<Choice> choices = new ArrayList<>(List.of(choice()));
        Map<String, String> provenance = new HashMap<>();
        Completion completion = new Completion(
                MODEL,
                null,
                choices,
                Usage.of(0, 0),
                SamplingParams.defaults(),
                OptionalLong.empty(),
                1,
                Duration.ZERO,
                provenance);
        choices.clear();
        provenance.put("late", "yes");
        assertThat(completion.choices()).hasSize(1);
        assertThat(completion.provenance()).isEmpty();
    }

    @Test
    void aBatchFailureFromAnotherProcessHasNoOutcomes() throws IOException, ClassNotFoundException {
        Outcome failed = new Outcome.Failure(Prompt.of("a"), new ServerException("down", null, Certainty.REFUSED));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new GenerationBatchException(List.of(failed)));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            GenerationBatchException copy = (GenerationBatchException) in.readObject();
            assertThat(copy.outcomes()).isEmpty();
            assertThat(copy.completions()).isEmpty();
            assertThat(copy).hasMessageContaining("1 of 1 prompts failed");
        }
    }

    @Test
    void chatTemplateKwargsAreCopiedInTheirOrderAndMayHoldNull() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("enable_thinking", false);
        given.put("custom", null);
        GeneratorOptions options =
                GeneratorOptions.builder().chatTemplateKwargs(given).build();
        given.clear();
        assertThat(options.chatTemplateKwargs().keySet()).containsExactly("enable_thinking", "custom");
        assertThat(GeneratorOptions.defaults().chatTemplateKwargs()).isEmpty();
    }
}
