package io.github.ultrafeedback.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.testkit.FakeGenerator;
import io.github.ultrafeedback.testkit.Reply;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConcurrentUseTest {
    private static final int THREADS = 8;
    private static final int EACH = Boolean.getBoolean("ultrafeedback.full") ? 20_000 : 500;

    private final Fixture fixture = new Fixture();

    private long durations() {
        return fixture.registry.get("gen_ai.client.operation.duration").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void noEventOfManyThreadsIsLost() throws InterruptedException {
        Completion answer;
        try (FakeGenerator generator = FakeGenerator.create()) {
            answer = generator.submit(GenerationRequest.of(Prompt.of("a"))).join();
        }
        GenerationRequest shared = GenerationRequest.of(Prompt.of("the very same object"));
        inThreads(() -> {
            for (int i = 0; i < EACH; i++) {
                GenerationRequest request = i % 2 == 0 ? shared : GenerationRequest.of(Prompt.raw("own"));
                fixture.listener.submitted(request);
                fixture.listener.started(request);
                fixture.listener.firstToken(request);
                fixture.listener.finished(request, answer);
            }
        });
        long all = (long) THREADS * EACH;
        assertThat(durations()).isEqualTo(all);
        assertThat(fixture.registry.get("gen_ai.client.token.usage").summaries().stream()
                        .mapToLong(DistributionSummary::count)
                        .sum())
                .isEqualTo(2 * all);
        assertThat(fixture.listener.known()).isZero();
    }

    @Test
    void loadsToldByManyThreadsEndAtTheLastOne() throws InterruptedException {
        inThreads(() -> {
            for (int i = 0; i < 200_000; i++) {
                fixture.listener.load(i % 7, i % 5);
            }
        });
        fixture.listener.load(3, 2);
        assertThat(fixture.gauge("ultrafeedback.client.queued")).isEqualTo(3);
        assertThat(fixture.gauge("ultrafeedback.client.in_flight")).isEqualTo(2);
    }

    @Test
    void manyCallersOfOneGeneratorAreAllCounted() throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        try (FakeGenerator generator = fixture.generator()
                .script((request, index) -> index % 5 == 0
                        ? Reply.failure(new ServerException("down", null, Certainty.REFUSED))
                        : Reply.text("so"))
                .build()) {
            inThreads(() -> {
                List<Outcome> some = generator.generateEach(IntStream.range(0, EACH / 10)
                        .mapToObj(i -> GenerationRequest.of(Prompt.of("prompt " + i), SamplingParams.defaults()))
                        .toList());
                synchronized (outcomes) {
                    outcomes.addAll(some);
                }
            });
        }
        long failures = outcomes.stream()
                .filter(outcome -> !(outcome instanceof Outcome.Success))
                .count();
        assertThat(durations()).isEqualTo(outcomes.size());
        assertThat(fixture.registry
                        .get("gen_ai.client.operation.duration")
                        .tag("error.type", ServerException.class.getName())
                        .timer()
                        .count())
                .isEqualTo(failures)
                .isPositive();
        assertThat(fixture.gauge("ultrafeedback.client.in_flight")).isZero();
        assertThat(fixture.listener.known()).isZero();
    }

    @Test
    void cancelledAndAbandonedRequestsAreForgotten() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        try (FakeGenerator generator = fixture.generator()
                .concurrency(2)
                .script((request, index) -> Reply.text("so").after(gate))
                .build()) {
            List<CompletableFuture<Completion>> futures = IntStream.range(0, 20)
                    .mapToObj(i -> generator.submit(GenerationRequest.of(Prompt.of("p" + i))))
                    .toList();
            futures.subList(0, 10).forEach(future -> future.cancel(true));
        }
        assertThat(durations()).isEqualTo(20);
        assertThat(fixture.listener.known()).isZero();
    }

    private static void inThreads(Runnable work) throws InterruptedException {
        CountDownLatch together = new CountDownLatch(THREADS);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            new Thread(() -> {
                        together.countDown();
                        try {
                            together.await();
                            work.run();
                            end.complete(null);
                        } catch (Throwable e) {
                            end.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        assertThat(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofMinutes(2));
    }
}
