package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waits stand still on a fake clock: nothing here takes time. */
final class RetryingChatApiTest {
    private static final Answer ANSWER = new Answer(List.of(), Usage.of(1, 1), Map.of(), TestCalls.headers());

    private final TestTime time = new TestTime();
    private final RunEnd runEnd = new RunEnd();
    private final Deque<Object> script = new ArrayDeque<>();
    private final List<Long> sentAt = new ArrayList<>();
    private final TestCalls.Heard heard = new TestCalls.Heard(false);
    private CompletableFuture<Answer> lastInner = new CompletableFuture<>();

    private ChatApi api(OpenAiSettings settings) {
        ChatApi scripted = call -> {
            sentAt.add(time.nanos());
            call.mayGo(time.nanos());
            Object next = script.poll();
            CompletableFuture<Answer> future = new CompletableFuture<>();
            lastInner = future;
            if (next instanceof ApiFailure failure) {
                future.completeExceptionally(failure);
            } else if (next instanceof Answer answer) {
                future.complete(answer);
            }
            return future;
        };
        RetryRules rules = new RetryRules(settings, time.ambient(7), new RetryBudget(time), runEnd);
        return new DeadlineChatApi(new RetryingChatApi(scripted, rules, time), settings.totalTimeout(), time);
    }

    private static OpenAiSettings settings() {
        return OpenAiSettings.defaults();
    }

    private static ApiFailure failure(Kind kind, Certainty certainty, String... headers) {
        return ApiFailure.remote(kind, "It failed", certainty, ErrorFacts.NONE, TestCalls.headers(headers));
    }

    private static ApiFailure server(String... headers) {
        return failure(Kind.SERVER, Certainty.MAYBE_DONE, headers);
    }

    /** Lets time pass until the future is done, a millisecond a step. */
    private void run(CompletableFuture<?> future) {
        for (int i = 0; i < 4_000_000 && !future.isDone() && time.clock().pendingTimers() > 0; i++) {
            time.clock().advance(Duration.ofMillis(1));
        }
    }

    private static @Nullable Throwable cause(CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(future::get);
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }

    @Test
    void aServersDelayIsNeverShortenedAndHardlyLengthened() {
        script.addAll(List.of(failure(Kind.RATE_LIMIT, Certainty.REFUSED, "retry-after", "7"), ANSWER));
        CompletableFuture<Answer> answer = api(settings()).send(TestCalls.call(heard));
        time.clock().advance(Duration.ofMillis(6_999));
        assertThat(sentAt).hasSize(1);
        run(answer);
        assertThat(answer).isCompletedWithValue(ANSWER);
        assertThat(sentAt.get(1)).isBetween(7_000_000_000L, 8_001_000_000L);
        assertThat(heard.delays).hasSize(1);
    }

    @Test
    void aDelayOfAYearIsCapped() {
        script.addAll(List.of(failure(Kind.RATE_LIMIT, Certainty.REFUSED, "retry-after", "31536000"), ANSWER));
        CompletableFuture<Answer> answer = api(settings()).send(TestCalls.call(heard));
        run(answer);
        assertThat(sentAt.get(1)).isBetween(120_000_000_000L, 121_001_000_000L);
    }

    @Test
    void withoutAServersDelayTheWaitIsDrawnBelowADoublingBound() {
        List<Duration> firsts = new ArrayList<>();
        List<Duration> eighths = new ArrayList<>();
        ChatApi api = api(settings());
        for (int prompt = 0; prompt < 40; prompt++) {
            TestCalls.Heard own = new TestCalls.Heard(false);
            for (int i = 0; i < 9; i++) {
                script.add(failure(Kind.RATE_LIMIT, Certainty.REFUSED)); // limits take nothing from the budget
            }
            script.add(ANSWER);
            CompletableFuture<Answer> answer = api.send(TestCalls.call(own));
            run(answer);
            assertThat(own.delays).hasSize(9);
            firsts.add(own.delays.get(0));
            eighths.add(own.delays.get(7));
        }
        assertThat(firsts).allMatch(delay -> delay.toMillis() <= 500);
        assertThat(firsts).as("full jitter").anyMatch(d -> d.toMillis() < 100).anyMatch(d -> d.toMillis() > 400);
        assertThat(eighths).allMatch(delay -> delay.toMillis() <= 30_000);
        assertThat(eighths).anyMatch(delay -> delay.toMillis() > 15_000);
    }

    @Test
    void attemptsAreCountedAndTheLastFailureIsTold() {
        OpenAiSettings three =
                OpenAiSettings.builder().retries(3, Duration.ofMinutes(2)).build();
        ApiFailure last = server();
        script.addAll(List.of(server(), server(), last, ANSWER));
        CompletableFuture<Answer> answer = api(three).send(TestCalls.call(heard));
        run(answer);
        assertThat(cause(answer)).isSameAs(last);
        assertThat(sentAt).hasSize(3);
    }

    @Test
    void aWaitThatWouldEndTooLateIsNotBegun() {
        OpenAiSettings brief = OpenAiSettings.builder()
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10))
                .build();
        ApiFailure limited = failure(Kind.RATE_LIMIT, Certainty.REFUSED, "retry-after", "60");
        script.add(limited);
        CompletableFuture<Answer> answer = api(brief).send(TestCalls.call(heard));
        assertThat(cause(answer)).as("at once").isSameAs(limited);
    }

    @Test
    void aPromptWhoseTimeIsUpEndsAndItsAttemptIsCancelled() {
        CompletableFuture<Answer> answer = api(settings()).send(TestCalls.call(heard));
        time.clock().advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(answer).isNotDone();
        time.clock().advance(Duration.ofMillis(1));
        assertThat(cause(answer))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(lastInner).isCancelled();
    }

    @Test
    void cancellingReachesTheAttemptOrEndsTheWait() {
        ChatApi api = api(settings());
        CompletableFuture<Answer> under = api.send(TestCalls.call(heard));
        under.cancel(true);
        assertThat(lastInner).isCancelled();
        script.add(server());
        CompletableFuture<Answer> waiting = api.send(TestCalls.call(heard));
        assertThat(time.clock().pendingTimers()).isEqualTo(2);
        waiting.cancel(true);
        assertThat(time.clock().pendingTimers()).isZero();
        time.clock().advance(Duration.ofHours(1));
        assertThat(sentAt).as("nothing more is sent").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyWhatMayHelpIsTriedAgainUnlessTheServerSaysOtherwise(Kind kind) {
        assertThat(attempts(failure(kind, Certainty.REFUSED))).isEqualTo(kind.retryable() ? 2 : 1);
        assertThat(attempts(failure(kind, Certainty.REFUSED, "x-should-retry", "false")))
                .isEqualTo(1);
        boolean never = kind.endsRun() || kind == Kind.CALLER;
        assertThat(attempts(failure(kind, Certainty.REFUSED, "x-should-retry", "true")))
                .isEqualTo(never ? 1 : 2);
        assertThat(attempts(failure(kind, Certainty.REFUSED, "x-should-retry", "maybe")))
                .isEqualTo(kind.retryable() ? 2 : 1);
    }

    private int attempts(ApiFailure failure) {
        return attempts(settings(), failure, TestCalls.call(heard));
    }

    private int attempts(OpenAiSettings settings, ApiFailure failure, ChatCall call) {
        sentAt.clear();
        script.clear();
        script.addAll(List.of(failure, ANSWER));
        run(api(settings).send(call));
        return sentAt.size();
    }

    @Test
    void whatMayBeDoneIsTriedAgainOnlyWhereTheUserAllowsIt() {
        OpenAiSettings careful =
                OpenAiSettings.builder().whenMaybeDone(WhenMaybeDone.FAIL).build();
        assertThat(attempts(careful, server(), TestCalls.call(heard))).isEqualTo(1);
        assertThat(attempts(careful, failure(Kind.SERVER, Certainty.REFUSED), TestCalls.call(heard)))
                .isEqualTo(2);
        assertThat(attempts(careful, failure(Kind.TRANSPORT, Certainty.NOT_SENT), TestCalls.call(heard)))
                .isEqualTo(2);
    }

    @Test
    void nothingIsTriedAgainOnceTextWasHeardOrTheRunHasEnded() {
        ChatCall call = TestCalls.call(heard);
        call.textHeard();
        assertThat(attempts(settings(), server(), call)).isEqualTo(1);
        assertThat(runEnd.end(failure(Kind.QUOTA, Certainty.REFUSED))).isTrue();
        assertThat(attempts(settings(), server(), TestCalls.call(heard))).isEqualTo(1);
    }

    @Test
    void aDeadServerIsNotHammered() {
        ChatApi dead = call -> {
            sentAt.add(time.nanos());
            return CompletableFuture.failedFuture(failure(Kind.TRANSPORT, Certainty.NOT_SENT));
        };
        RetryRules rules = new RetryRules(settings(), time.ambient(3), new RetryBudget(time), runEnd);
        ChatApi api = new RetryingChatApi(dead, rules, time);
        int prompts = 2_000;
        for (int i = 0; i < prompts; i++) {
            CompletableFuture<Answer> unused = api.send(TestCalls.call(new TestCalls.Heard(false)));
        }
        for (int second = 0; second < 60; second++) {
            time.clock().advance(Duration.ofSeconds(1));
        }
        assertThat(sentAt.size() - prompts).as("retries of all in a minute").isLessThanOrEqualTo(100 + 60 * 10 + 1);
        assertThat(sentAt.size() - prompts).isGreaterThan(500);
    }
}
