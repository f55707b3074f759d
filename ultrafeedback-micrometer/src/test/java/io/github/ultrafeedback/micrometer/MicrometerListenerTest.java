package io.github.ultrafeedback.micrometer;

import static io.github.ultrafeedback.micrometer.Fixture.CHAT;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.QueueFullException;
import io.github.ultrafeedback.error.RateLimitedException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.testkit.FakeGenerator;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a request leaves in the registry: its times, its tokens, its failure and its retries. */
final class MicrometerListenerTest {
    private static final GenerationRequest RAW = GenerationRequest.of(Prompt.raw("a river"));

    private final Fixture fixture = new Fixture();

    private Timer timer(String name, String... tags) {
        return fixture.registry.get(name).tags(tags).timer();
    }

    private double millis(String name) {
        return timer(name).totalTime(MILLISECONDS);
    }

    private double tokens(String type) {
        return fixture.registry
                .get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", type)
                .summary()
                .totalAmount();
    }

    @Test
    void anAnswerIsTimedFromItsStartAndItsWaitApart() {
        fixture.listener.submitted(CHAT);
        fixture.time.advance(Duration.ofMillis(500));
        fixture.listener.started(CHAT);
        fixture.time.advance(Duration.ofMillis(30));
        fixture.listener.firstToken(CHAT);
        fixture.time.advance(Duration.ofMillis(70));
        fixture.listener.finished(CHAT, answer());
        assertThat(millis("ultrafeedback.client.queue.duration")).isEqualTo(500);
        assertThat(millis("gen_ai.client.operation.time_to_first_chunk")).isEqualTo(30);
        assertThat(millis("gen_ai.client.operation.duration")).isEqualTo(100);
    }

    @Test
    void aRequestThatNeverStartedIsTimedFromWhenItWasHandedIn() {
        fixture.listener.submitted(CHAT);
        fixture.time.advance(Duration.ofMillis(40));
        fixture.listener.failed(CHAT, new ServerException("down", null, Certainty.NOT_SENT));
        assertThat(millis("gen_ai.client.operation.duration")).isEqualTo(40);
        assertThat(fixture.registry.find("ultrafeedback.client.queue.duration").timer())
                .isNull();
    }

    @Test
    void theFakesAnswerIsCountedWithItsModelAndItsTokens() {
        Completion completion;
        try (FakeGenerator generator = fixture.generator().build()) {
            completion = generator.submit(CHAT).join();
            generator.submit(RAW).join();
        }
        String[] chat = {
            "gen_ai.operation.name", "chat",
            "gen_ai.provider.name", "openai",
            "gen_ai.request.model", "gpt-4",
            "error.type", "none"
        };
        assertThat(timer("gen_ai.client.operation.duration", chat).count()).isEqualTo(1);
        assertThat(timer("gen_ai.client.operation.duration", "gen_ai.operation.name", "text_completion")
                        .count())
                .isEqualTo(1);
        assertThat(timer("gen_ai.client.operation.time_to_first_chunk", "gen_ai.operation.name", "chat")
                        .count())
                .isEqualTo(1);
        assertThat(fixture.registry
                        .get("gen_ai.client.token.usage")
                        .tags("gen_ai.operation.name", "chat", "gen_ai.token.type", "output")
                        .summary()
                        .totalAmount())
                .isEqualTo(completion.usage().completionTokens());
    }

    @Test
    void aFailureIsCountedByItsClassWithoutTokens() {
        try (FakeGenerator generator = fixture.generator()
                .fail("a river", new ServerException("down", null, Certainty.REFUSED))
                .build()) {
            CompletableFuture<Completion> future = generator.submit(CHAT);
            assertThat(future).failsWithin(Duration.ofMinutes(1));
        }
        assertThat(timer("gen_ai.client.operation.duration", "error.type", ServerException.class.getName())
                        .count())
                .isEqualTo(1);
        assertThat(fixture.registry.find("gen_ai.client.token.usage").summaries())
                .isEmpty();
    }

    @Test
    void countsOfZeroMayBeUnknownAndAreLeftOut() {
        fixture.listener.submitted(CHAT);
        fixture.listener.started(CHAT);
        try (FakeGenerator generator =
                FakeGenerator.builder().answer("a river", "").build()) {
            Completion empty = generator.submit(CHAT).join();
            fixture.listener.finished(CHAT, Completions.withUsage(empty, 3, 0));
        }
        assertThat(tokens("input")).isEqualTo(3);
        assertThat(fixture.tags()).doesNotContain("gen_ai.token.type=output");
    }

    @Test
    void retriesAreCountedByTheirCause() {
        RateLimitedException cause = new RateLimitedException("slow down", null);
        fixture.listener.submitted(CHAT);
        fixture.listener.started(CHAT);
        fixture.listener.retried(CHAT, 1, Duration.ofSeconds(1), cause);
        fixture.listener.retried(CHAT, 2, Duration.ofSeconds(2), cause);
        assertThat(fixture.registry
                        .get("ultrafeedback.client.retries")
                        .tag("error.type", RateLimitedException.class.getName())
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aRequestThatAFullQueueTurnedAwayLeavesNoTrace() {
        fixture.listener.submitted(CHAT);
        fixture.listener.started(CHAT);
        fixture.time.advance(Duration.ofMillis(10));
        fixture.listener.submitted(CHAT); // the same object once more
        fixture.listener.failed(CHAT, new QueueFullException("full; wait", null));
        fixture.time.advance(Duration.ofMillis(10));
        fixture.listener.finished(CHAT, answer());
        assertThat(millis("gen_ai.client.operation.duration")).isEqualTo(20);
        assertThat(timer("gen_ai.client.operation.duration").count()).isEqualTo(1);
        assertThat(fixture.tags()).noneMatch(tag -> tag.contains("QueueFull"));
    }

    @Test
    void bucketsAreThoseOfTheConventions() {
        fixture.listener.submitted(CHAT);
        fixture.listener.started(CHAT);
        fixture.listener.finished(CHAT, answer());
        assertThat(timer("gen_ai.client.operation.duration").takeSnapshot().histogramCounts())
                .extracting(bucket -> bucket.bucket(MILLISECONDS))
                .hasSize(14)
                .startsWith(10.0, 20.0, 40.0)
                .endsWith(40_960.0, 81_920.0);
        assertThat(fixture.registry
                        .get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "output")
                        .summary()
                        .takeSnapshot()
                        .histogramCounts())
                .extracting(bucket -> bucket.bucket())
                .hasSize(14)
                .startsWith(1.0, 4.0, 16.0)
                .endsWith(16_777_216.0, 67_108_864.0);
    }

    @Test
    void aBlankModelIsRefused() {
        assertThatThrownBy(() -> new MicrometerListener(fixture.registry, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model");
    }

    private static Completion answer() {
        try (FakeGenerator generator = FakeGenerator.create()) {
            return generator.submit(CHAT).join();
        }
    }
}
