package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GenerationTimeoutException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.QuotaExhaustedException;
import io.github.ultrafeedback.error.RateLimitedException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.openai.FakeBatches.Fate;
import io.github.ultrafeedback.testkit.ServerReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back from a batch, however it ended. */
@Timeout(120)
final class BatchAnswersTest {
    @Test
    void answersAreJoinedToTheirRequestsWhateverTheOrder() {
        try (BatchBench bench = new BatchBench()) {
            List<GenerationRequest> requests = BatchBench.requests(300);
            BatchHandle handle = bench.submit(requests);
            assertThat(bench.generator.awaitEnd(handle).join())
                    .isEqualTo(new BatchStatus(BatchStatus.State.COMPLETED, 300, 300, 0));
            List<GenerationRequest> shuffled = new ArrayList<>(requests);
            Collections.shuffle(shuffled, new Random(3));
            List<Outcome> outcomes = bench.generator.collect(handle, shuffled);
            for (int i = 0; i < 300; i++) {
                assertThat(BatchBench.answer(outcomes.get(i)).text())
                        .isEqualTo("Re: " + shuffled.get(i).prompt().id());
                assertThat(BatchBench.answer(outcomes.get(i)).promptId())
                        .isEqualTo(shuffled.get(i).prompt().id());
            }
            assertThat(BatchBench.answer(outcomes.get(0)).provenance())
                    .containsEntry("batch_id", "batch_1")
                    .containsEntry("request_id", "req_9")
                    .containsEntry("served_model", "gpt-4-0613");
            assertThat(BatchBench.answer(outcomes.get(0)).latency()).isEqualTo(Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachFateOfALineHasItsOutcomeAndNoOther(long seed) {
        try (BatchBench bench = new BatchBench(new BatchLimits(9, 1_000_000), Loopback.openAi())) {
            Random random = new Random(seed);
            List<GenerationRequest> requests = BatchBench.requests(60);
            List<Fate> fates = requests.stream().map(r -> fateOf(random)).toList();
            bench.fake.fates =
                    line -> fates.get(Integer.parseInt(FakeBatches.words(line).substring(1)));
            List<Outcome> outcomes = bench.finish(bench.submit(requests), requests);
            for (int i = 0; i < 60; i++) {
                check(fates.get(i), outcomes.get(i), "p" + i);
            }
        }
    }

    private static Fate fateOf(Random random) {
        List<Fate> all = List.of(Fate.values());
        return all.get(random.nextInt(all.size()));
    }

    private static void check(Fate fate, Outcome outcome, String id) {
        if (fate == Fate.ANSWERED || fate == Fate.TWICE) {
            assertThat(BatchBench.answer(outcome).text()).isEqualTo("Re: " + id);
            return;
        }
        GenerationException cause = BatchBench.failure(outcome);
        assertThat(((Outcome.Failure) outcome).prompt().id()).isEqualTo(id);
        assertThat(cause.retryable()).as("%s", fate).isTrue();
        switch (fate) {
            case FAILED -> {
                assertThat(cause).isInstanceOf(ServerException.class).hasMessageContaining("status 500");
                assertThat(cause).hasMessageContaining("req_8");
            }
            case LATE -> assertThat(cause).isInstanceOf(GenerationTimeoutException.class);
            case STOPPED -> assertThat(cause).isInstanceOf(GenerationCancelledException.class);
            case UNSUPPORTED -> assertThat(cause).hasMessageContaining("changed from now on");
            default -> {
                assertThat(cause).isInstanceOf(ServerException.class).hasMessageContaining("without a line");
                assertThat(cause.certainty()).isEqualTo(Certainty.MAYBE_DONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "cancelled"})
    void whatAnEndedBatchHasAnsweredIsKeptAndTheResendHoldsTheRestAlone(String end) {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.end = end;
            bench.fake.fates = line -> FakeBatches.words(line).endsWith("3") ? Fate.LATE : Fate.ANSWERED;
            List<GenerationRequest> requests = BatchBench.requests(20);
            BatchHandle first = bench.submit(requests);
            List<Outcome> outcomes = bench.finish(first, requests);
            assertThat(bench.generator.poll(first).state().name()).isEqualToIgnoringCase(end);
            List<GenerationRequest> rest = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                if (outcomes.get(i) instanceof Outcome.Failure failure
                        && failure.cause().retryable()) {
                    rest.add(requests.get(i));
                }
            }
            assertThat(rest).extracting(r -> r.prompt().id()).containsExactly("p3", "p13");
            bench.fake.end = "completed";
            bench.fake.fates = line -> Fate.ANSWERED;
            BatchHandle second = bench.submit(rest);
            assertThat(second).isNotEqualTo(first);
            assertThat(bench.finish(second, rest)).allMatch(Outcome.Success.class::isInstance);
            assertThat(bench.fake.input("batch_2")).hasSize(2);
        }
    }

    @Test
    void aBatchThatCountsFewerLinesThanItHadIsStillOneOutcomeEach() {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.fates = line -> Fate.MISSING;
            List<GenerationRequest> requests = BatchBench.requests(3);
            List<Outcome> outcomes = bench.finish(bench.submit(requests), requests);
            assertThat(outcomes).hasSize(3).allMatch(Outcome.Failure.class::isInstance);
        }
    }

    @Test
    void aLineThatTheServerRefusesFailsAloneAndTheOthersMayBeSentAgain() {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.refusal = Json.MAPPER
                    .createObjectNode()
                    .put("code", "invalid_value")
                    .put("message", "p1")
                    .put("line", 2);
            List<GenerationRequest> requests = BatchBench.requests(4);
            BatchHandle handle = bench.submit(requests);
            List<Outcome> outcomes = bench.finish(handle, requests);
            assertThat(bench.generator.poll(handle)).isEqualTo(new BatchStatus(BatchStatus.State.FAILED, 4, 0, 4));
            String bad = FakeBatches.words(bench.fake.input("batch_1").get(1));
            Set<String> refused = new TreeSet<>();
            for (Outcome outcome : outcomes) {
                GenerationException cause = BatchBench.failure(outcome);
                assertThat(cause.certainty()).isEqualTo(Certainty.REFUSED);
                if (!cause.retryable()) {
                    assertThat(cause).isInstanceOf(InvalidRequestException.class);
                    refused.add(
                            String.valueOf(((Outcome.Failure) outcome).prompt().id()));
                }
            }
            assertThat(refused).containsExactly(bad);
        }
    }

    @Test
    void theReasonForWhichAWholeFileIsRefusedDecidesTheType() {
        assertThat(refusedFor("token_limit_exceeded"))
                .isInstanceOf(RateLimitedException.class)
                .hasMessageContaining("token_limit_exceeded");
        assertThat(refusedFor("billing_hard_limit_reached")).isInstanceOf(QuotaExhaustedException.class);
        assertThat(refusedFor("server_error")).isInstanceOf(ServerException.class);
        assertThat(refusedFor("SomethingOfTheUser"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining("Something");
    }

    private static GenerationException refusedFor(String code) {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.refusal = Json.MAPPER.createObjectNode().put("code", code);
            List<GenerationRequest> requests = BatchBench.requests(2);
            return BatchBench.failure(
                    bench.finish(bench.submit(requests), requests).get(1));
        }
    }

    @Test
    void aDownloadThatBreaksIsBegunAnewAndHalfAFileIsNoWholeOne() {
        try (BatchBench bench = new BatchBench()) {
            List<GenerationRequest> requests = BatchBench.requests(50);
            BatchHandle handle = bench.submit(requests);
            BatchStatus unused = bench.generator.awaitEnd(handle).join();
            int[] tries = {0};
            bench.fake.after = call -> {
                if (!call.endsWith("/content") || tries[0]++ > 1) {
                    return null;
                }
                String file = call.replaceAll("GET /v1/files/|/content", "");
                List<byte[]> whole = List.of(bench.fake.content(file));
                return tries[0] == 1
                        ? ServerReply.stream(whole).cutAt(3_000)
                        : ServerReply.whole(200, List.of(), whole.get(0)).cutAt(2_000);
            };
            assertThat(bench.generator.collect(handle, requests)).allMatch(Outcome.Success.class::isInstance);
            assertThat(tries[0]).isEqualTo(3);
        }
    }

    @Test
    void anAnswerIsNeverJoinedToAPromptThatWasChangedSince() {
        try (BatchBench bench = new BatchBench()) {
            List<GenerationRequest> requests = new ArrayList<>(BatchBench.requests(2));
            BatchHandle handle = bench.submit(requests);
            BatchStatus unused = bench.generator.awaitEnd(handle).join();
            requests.set(1, GenerationRequest.of(Prompt.of("other").withId("p1")));
            List<Outcome> outcomes = bench.generator.collect(handle, requests);
            assertThat(BatchBench.answer(outcomes.get(0)).text()).isEqualTo("Re: p0");
            assertThat(BatchBench.failure(outcomes.get(1))).hasMessageContaining("changed since");
        }
    }

    @Test
    void aBatchThatHasNotEndedIsNotCollected() {
        try (BatchBench bench = new BatchBench()) {
            List<GenerationRequest> requests = BatchBench.requests(1);
            BatchHandle handle = bench.submit(requests);
            assertThatThrownBy(() -> bench.generator.collect(handle, requests))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("IN_PROGRESS");
        }
    }

    @Test
    void whatAModelRefusesIsNamedDifferentlyInTheNextBatch() {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.fates = line -> line.path("body").has("max_tokens") ? Fate.UNSUPPORTED : Fate.ANSWERED;
            bench.fake.refusal = null;
            List<GenerationRequest> requests = BatchBench.requests(2);
            List<Outcome> first = bench.finish(bench.submit(requests), requests);
            assertThat(first).allMatch(Outcome.Failure.class::isInstance);
            List<Outcome> second = bench.finish(bench.submit(requests), requests);
            assertThat(second).allMatch(Outcome.Success.class::isInstance);
        }
    }
}
