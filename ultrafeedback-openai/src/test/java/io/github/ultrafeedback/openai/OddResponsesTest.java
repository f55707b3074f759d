package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.PromptTooLongException;
import io.github.ultrafeedback.error.RateLimitedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each odd response of the corpus against the real backend. No wait is real. */
@Timeout(300)
final class OddResponsesTest {
    private static final int ATTEMPTS = 3;
    private static final String QUOTED = "quoted prompt"; // stands in the bodies where servers quote the caller

    static Stream<OddResponse> corpus() {
        return OddResponse.all().stream();
    }

    @Test
    void theCorpusIsLargeAndNoEntryIsThereTwice() {
        List<OddResponse> all = OddResponse.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(200);
        assertThat(all).extracting(OddResponse::name).doesNotHaveDuplicates();
        assertThat(all).extracting(OddResponse::sent).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void eachOddResponseHasItsResult(OddResponse odd) {
        AlarmTime time = new AlarmTime();
        AtomicLong sent = new AtomicLong();
        StringBuilder text = new StringBuilder();
        CompletableFuture<Void> heard = new CompletableFuture<>();
        hear(odd, text, heard);
        Runnable stalled =
                odd.expect().path("error").asText("").equals("GenerationTimeoutException") ? time::ring : () -> {};
        try (Loopback loopback = new Loopback(
                request -> new OddReply(odd.reply(request.index()), sent).on(heard, stalled), settings(odd), time)) {
            CompletableFuture<Completion> future = loopback.generator.submit(request(odd, (choice, delta) -> {
                text.append(choice == 0 ? "" : choice + ":").append(delta);
                hear(odd, text, heard);
            }));
            check(odd, future, loopback);
        }
        waits(odd.expect(), time.skipped());
        if (odd.heard() != null) {
            assertThat(text).as("heard").hasToString(odd.heard());
        }
        if (odd.expect().has("sentAtMost")) {
            assertThat(sent.get())
                    .isLessThanOrEqualTo(odd.expect().path("sentAtMost").longValue());
        }
    }

    private static void hear(OddResponse odd, StringBuilder text, CompletableFuture<Void> heard) {
        if (odd.heard() == null || odd.entry().has("replies") || odd.heard().contentEquals(text)) {
            heard.complete(null);
        }
    }

    private static OpenAiSettingsBuilder settings(OddResponse odd) {
        return Loopback.openAi()
                .retries(ATTEMPTS, Duration.ofMinutes(2))
                .timeouts(Duration.ofSeconds(10), AlarmTime.ATTEMPT, Duration.ofMinutes(30))
                .endpoint(odd.legacy() ? Endpoint.COMPLETIONS : Endpoint.CHAT);
    }

    private static GenerationRequest request(OddResponse odd, io.github.ultrafeedback.TokenListener listener) {
        Prompt prompt = odd.legacy() ? Prompt.raw(Planted.PROMPT) : Prompt.of(Planted.PROMPT);
        GenerationRequest request =
                GenerationRequest.of(prompt, SamplingParams.builder().n(odd.n()).build());
        return odd.streams() ? request.withListener(listener) : request;
    }

    private static void check(OddResponse odd, CompletableFuture<Completion> future, Loopback loopback) {
        JsonNode expected = odd.expect();
        boolean fails = expected.has("error");
        int attempts = expected.path("attempts").asInt(fails ? -1 : 1);
        try {
            Completion completion = future.get(1, TimeUnit.MINUTES);
            assertThat(fails).as("failed, got %s", completion.choices()).isFalse();
            assertThat(completion.attempts()).isEqualTo(attempts);
            answered(expected, completion);
        } catch (ExecutionException e) {
            assertThat(fails).as("answered, got %s", e.getCause()).isTrue();
            if (!(e.getCause() instanceof GenerationException failure)) {
                throw new AssertionError("not a GenerationException", e);
            }
            failed(expected, failure, attempts);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("neither answer nor failure", e);
        }
        assertThat(loopback.server.requests()).as("attempts").hasSize(attempts);
    }

    private static void answered(JsonNode expected, Completion completion) {
        List<Choice> choices = completion.choices();
        assertThat(choices).extracting(Choice::text).isEqualTo(texts(expected.path("text")));
        assertThat(choices)
                .extracting(choice -> choice.finishReason().name())
                .isEqualTo(texts(expected.has("finish") ? expected.path("finish") : Json.MAPPER.valueToTree("STOP")));
        JsonNode usage = expected.path("usage");
        if (!usage.isMissingNode()) {
            assertThat(completion.usage())
                    .isEqualTo(new Usage(
                            usage.path(0).asInt(),
                            usage.path(1).asInt(),
                            usage.path(2).asInt(),
                            usage.path(3).asInt()));
        }
        expected.path("provenance")
                .properties()
                .forEach(fact -> assertThat(completion.provenance())
                        .containsEntry(fact.getKey(), fact.getValue().textValue()));
        if (expected.has("logprobs")) {
            assertThat(choices.get(0).logprobs())
                    .extracting(TokenLogprob::token)
                    .isEqualTo(texts(expected.path("logprobs")));
        }
        if (expected.has("stop")) {
            assertThat(choices.get(0).stopReason())
                    .asString()
                    .contains(expected.path("stop").textValue());
        }
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(text -> texts.add(text.textValue()));
        } else {
            texts.add(node.textValue());
        }
        return texts;
    }

    private static void failed(JsonNode expected, GenerationException failure, int attempts) {
        assertThat(failure.getClass().getSimpleName())
                .as("%s", failure)
                .isEqualTo(expected.path("error").textValue());
        assertThat(failure.certainty().name())
                .as("certainty")
                .isEqualTo(expected.path("certainty").textValue());
        assertThat(failure.retryable())
                .as("retryable")
                .isEqualTo(expected.path("retryable").booleanValue());
        assertThat(failure).hasMessageContaining("attempts " + attempts + ")");
        expected.path("says").forEach(part -> assertThat(failure).hasMessageContaining(part.textValue()));
        if (failure instanceof PromptTooLongException tooLong) {
            assertThat(List.of(tooLong.promptTokens(), tooLong.contextLength()))
                    .as("prompt and context")
                    .isEqualTo(List.of(
                            expected.path("prompt").asInt(-1),
                            expected.path("context").asInt(-1)));
        }
        if (failure instanceof RateLimitedException limited && expected.has("retryAfter")) {
            assertThat(limited.retryAfter().map(Duration::toMillis).orElse(-1L))
                    .isEqualTo(expected.path("retryAfter").longValue());
        }
        StringWriter shown = new StringWriter();
        failure.printStackTrace(new PrintWriter(shown));
        assertThat(shown.toString()).doesNotContain(QUOTED).doesNotContain(Planted.KEY);
    }

    /** The first wait between two attempts: at least and at most so many milliseconds. */
    private static void waits(JsonNode expected, List<Duration> skipped) {
        if (expected.has("waits")) {
            assertThat(skipped).isNotEmpty();
            assertThat(skipped.get(0).toMillis())
                    .isBetween(
                            expected.path("waits").path(0).longValue(),
                            expected.path("waits").path(1).longValue());
        }
    }
}
