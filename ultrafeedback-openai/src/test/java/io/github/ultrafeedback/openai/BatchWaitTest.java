package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for the end of a batch, and what cuts it short. */
@Timeout(120)
final class BatchWaitTest {
    @Test
    void cancellingKeepsWhatIsAnsweredAndLeavesAnEndedBatchAlone() {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.fates =
                    line -> FakeBatches.words(line).equals("p0") ? FakeBatches.Fate.ANSWERED : FakeBatches.Fate.STOPPED;
            List<GenerationRequest> requests = BatchBench.requests(3);
            BatchHandle handle = bench.submit(requests);
            bench.generator.cancel(handle);
            List<Outcome> outcomes = bench.finish(handle, requests);
            assertThat(BatchBench.answer(outcomes.get(0)).text()).isEqualTo("Re: p0");
            assertThat(bench.generator.poll(handle).state()).isEqualTo(BatchStatus.State.CANCELLED);
            bench.generator.cancel(handle);
            assertThat(bench.fake.calls()).containsEntry("POST /v1/batches/*/cancel", 1);
        }
    }

    @Test
    void pollingSlowsDownToFiveMinutesAndOutlastsAServerThatIsDown() {
        OpenAiSettingsBuilder settings = Loopback.openAi().retries(2, Duration.ofMillis(1)); // known by their length
        try (BatchBench bench = new BatchBench(BatchLimits.OPENAI, settings)) {
            bench.fake.end = "in_progress"; // which never ends
            BatchHandle handle = bench.submit(BatchBench.requests(1));
            AtomicInteger asked = new AtomicInteger();
            bench.fake.before = call -> {
                int number = asked.incrementAndGet();
                bench.fake.end = number > 20 ? "completed" : "in_progress";
                return number > 4 && number < 11 ? ServerReply.json(503, "{}") : null; // three polls of two attempts
            };
            assertThat(bench.generator.awaitEnd(handle).join().state()).isEqualTo(BatchStatus.State.COMPLETED);
            List<Duration> delays = bench.time.skipped.stream()
                    .filter(delay -> delay.compareTo(Duration.ofSeconds(1)) > 0)
                    .toList();
            assertThat(delays.subList(0, 4))
                    .extracting(Duration::toMillis)
                    .containsExactly(10_000L, 15_000L, 22_500L, 33_750L);
            assertThat(delays).isSorted().hasSizeBetween(17, 22);
            assertThat(delays.get(delays.size() - 1)).isEqualTo(Duration.ofMinutes(5));
        }
    }

    @Test
    void closingEndsWhoeverWaits() {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.end = "in_progress";
            BatchHandle handle = bench.submit(BatchBench.requests(1));
            bench.fake.before = call -> ServerReply.silence();
            CompletableFuture<BatchStatus> end = bench.generator.awaitEnd(handle);
            CompletableFuture<BatchStatus> poll = CompletableFuture.supplyAsync(() -> bench.generator.poll(handle));
            Loopback.await("both ask", () -> bench.server.requests().size() == 5);
            bench.generator.close();
            for (CompletableFuture<BatchStatus> waiting : List.of(end, poll)) {
                assertThatThrownBy(waiting::join).hasMessageContaining("was closed");
            }
        }
    }

    @Test
    void aKeyThatIsNoLongerGoodIsToldAsSuch() {
        try (BatchBench bench = new BatchBench()) {
            BatchHandle handle = bench.submit(BatchBench.requests(1));
            bench.fake.before = call -> FakeOpenAi.error(401, "invalid_request_error", "invalid_api_key", null);
            assertThatThrownBy(() -> bench.generator.poll(handle)).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> bench.generator.awaitEnd(handle).join())
                    .hasCauseInstanceOf(GenerationException.class);
        }
    }
}
