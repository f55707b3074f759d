package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.QuotaExhaustedException;
import io.github.ultrafeedback.testkit.RecordingListener.Kind;
import io.github.ultrafeedback.testkit.ServerReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends a whole run, what it does to the requests that are on their way, and what ends nothing. */
@Timeout(120)
final class RunEndTest {
    @Test
    void quotaEndsTheRunButLosesNoAnswerThatIsOnItsWay() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> others = new CompletableFuture<>();
        OpenAiSettingsBuilder four = Loopback.openAi().maxInFlight(4);
        try (Loopback loopback = new Loopback(
                r -> r.index() == 0
                        ? Loopback.quota().after(first)
                        : Loopback.answer().after(others),
                four,
                new SkippingTime())) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                futures.add(loopback.submit());
            }
            loopback.awaitRequests(4);
            first.complete(null);
            Loopback.await(
                    "all but those on their way have failed",
                    () -> futures.stream()
                                    .filter(CompletableFuture::isCompletedExceptionally)
                                    .count()
                            == 17);
            others.complete(null);
            int answered = 0;
            for (CompletableFuture<Completion> future : futures) {
                if (!future.isCompletedExceptionally()) {
                    assertThat(Loopback.join(future).text()).isEqualTo("Hi");
                    answered++;
                } else {
                    assertThat(Loopback.failure(future)).isInstanceOf(QuotaExhaustedException.class);
                }
            }
            assertThat(answered).isEqualTo(3);
            assertThat(Loopback.failure(loopback.submit()))
                    .isInstanceOf(QuotaExhaustedException.class)
                    .hasMessageContaining("Nothing more is sent")
                    .hasMessageContaining("attempts 0");
            assertThat(loopback.server.requests()).hasSize(4);
            assertThat(loopback.generator.toString()).contains("QUOTA");
        }
    }

    @Test
    void whatFailsAfterTheRunHasEndedTellsWhyAndKeepsWhatIsKnownOfIt() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> others = new CompletableFuture<>();
        List<ServerReply> replies = List.of(
                Loopback.quota().after(first),
                ServerReply.json(429, "{}").after(others),
                ServerReply.json(500, "{}").after(others),
                FakeOpenAi.error(400, "invalid_request_error", "invalid_prompt", null)
                        .after(others),
                ServerReply.json(500, "{}"));
        try (Loopback loopback = new Loopback(r -> replies.get(r.index()), Loopback.openAi(), new TestTime())) {
            List<CompletableFuture<Completion>> sent = new ArrayList<>();
            for (int i = 1; i <= replies.size(); i++) {
                sent.add(loopback.submit());
                loopback.awaitRequests(i);
            }
            Loopback.await(
                    "the last one waits for its second attempt",
                    () -> loopback.heard.events().stream().anyMatch(event -> event.kind() == Kind.RETRIED));
            first.complete(null);
            ended(sent.get(0), Certainty.REFUSED);
            ended(sent.get(4), Certainty.MAYBE_DONE); // the last that the end of the run looks at
            others.complete(null);
            ended(sent.get(1), Certainty.REFUSED);
            ended(sent.get(2), Certainty.MAYBE_DONE);
            assertThat(Loopback.failure(sent.get(3))).as("its own fault").isInstanceOf(InvalidRequestException.class);
            ended(loopback.submit(), Certainty.NOT_SENT);
        }
    }

    private static void ended(CompletableFuture<Completion> future, Certainty certainty) {
        assertThat(Loopback.failure(future))
                .isInstanceOfSatisfying(
                        QuotaExhaustedException.class,
                        e -> assertThat(e.certainty()).isEqualTo(certainty));
    }

    @Test
    void whatWaitsBetweenAttemptsEndsWithTheRun() throws Exception {
        TestTime still = new TestTime();
        try (Loopback loopback = new Loopback(
                r -> r.index() == 0 ? ServerReply.json(500, "{}") : Loopback.quota(), Loopback.openAi(), still)) {
            CompletableFuture<Completion> waits = loopback.submit();
            Loopback.await(
                    "it waits for its second attempt",
                    () -> loopback.heard.events().stream().anyMatch(event -> event.kind() == Kind.RETRIED));
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(QuotaExhaustedException.class);
            assertThat(Loopback.failure(waits))
                    .isInstanceOf(QuotaExhaustedException.class)
                    .hasMessageContaining("An earlier attempt may have been done")
                    .hasMessageContaining("attempts 1");
            still.clock().advance(Duration.ofMinutes(5));
            assertThat(loopback.server.requests()).hasSize(2);
        }
    }

    @Test
    void aWrongKeyOrModelEndsTheRun() {
        try (Loopback loopback =
                new Loopback(r -> FakeOpenAi.error(401, "invalid_request_error", "invalid_api_key", null))) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(AuthenticationException.class);
        }
        try (Loopback loopback = new Loopback(
                r -> FakeOpenAi.error(404, "invalid_request_error", "model_not_found", null),
                Loopback.openAi(),
                new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(ModelNotFoundException.class);
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(ModelNotFoundException.class);
            assertThat(loopback.server.requests()).hasSize(1);
        }
    }

    @Test
    void aKeyWithoutMoneyIsLeftForTheOtherOneAndTheRunGoesOn() {
        OpenAiTraffic keys = new OpenAiTraffic(
                List.of(OpenAiEndpoint.withKey("rich", "r"), OpenAiEndpoint.withKey("poor", "p")),
                new OpenAiLimits(),
                load -> {});
        try (Loopback loopback = new Loopback(
                r -> "Bearer p".equals(r.header("authorization")) ? Loopback.quota() : Loopback.answer(),
                Loopback.openAi(),
                new SkippingTime(),
                keys)) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                futures.add(loopback.submit());
            }
            for (CompletableFuture<Completion> future : futures) {
                assertThat(Loopback.join(future).text()).isEqualTo("Hi");
            }
            assertThat(loopback.generator.toString()).doesNotContain("ended");
        }
    }

    @Test
    void aKeyThatChangesUnderwayEndsNothing() {
        AtomicReference<String> key = new AtomicReference<>("old");
        OpenAiSettingsBuilder settings = Loopback.openAi().apiKeySupplier(key::get);
        try (Loopback loopback = new Loopback(
                r -> {
                    key.set("new");
                    return "Bearer new".equals(r.header("authorization"))
                            ? Loopback.answer()
                            : FakeOpenAi.error(401, "invalid_request_error", "invalid_api_key", null);
                },
                settings,
                new SkippingTime())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(2);
        }
    }
}
