package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LifecycleTest {
    private static final ModelRef TINY = ModelRef.parse("batch:" + TinyModel.FOLDER);

    private static BatchGenerator open(BatchSettings.Builder settings) {
        return BatchGenerator.open(
                TINY,
                GeneratorOptions.builder()
                        .settings(settings.selfTest(false).build())
                        .build());
    }

    private static GenerationRequest request(int i, int tokens) {
        return GenerationRequest.of(
                Prompt.of("Tell me about number " + i + "."),
                SamplingParams.builder().ignoreEos(true).maxTokens(tokens).build());
    }

    @Test
    void aListenerThatBlocksStallsNobodyElse() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch hearing = new CountDownLatch(2);
        try (BatchGenerator generator = open(BatchSettings.builder().slots(4))) {
            List<CompletableFuture<Completion>> blocked = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                blocked.add(generator.submit(request(i, 30).withListener((choice, delta) -> {
                    hearing.countDown();
                    FaultTest.await(held);
                })));
            }
            FaultTest.await(hearing);
            AtomicInteger deltas = new AtomicInteger();
            generator
                    .submit(request(7, 30).withListener((choice, delta) -> deltas.incrementAndGet()))
                    .join();
            for (int i = 0; i < 10; i++) {
                generator.submit(request(i, 30)).join();
            }
            assertThat(deltas.get()).isPositive();
            assertThat(blocked).noneMatch(CompletableFuture::isDone);
            held.countDown();
            blocked.forEach(future ->
                    assertThat(future.join().usage().completionTokens()).isEqualTo(30));
        } finally {
            held.countDown();
        }
    }

    @Test
    void closingWaitsForNoListener() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch hearing = new CountDownLatch(1);
        BatchGenerator generator = open(BatchSettings.builder().slots(2));
        CompletableFuture<Completion> future = generator.submit(request(1, 300).withListener((choice, delta) -> {
            hearing.countDown();
            FaultTest.await(held);
        }));
        FaultTest.await(hearing);
        generator.close();
        assertThat(future.handle((completion, failure) -> failure).join())
                .isInstanceOfSatisfying(
                        GeneratorClosedException.class,
                        closed -> assertThat(closed.certainty()).isEqualTo(Certainty.MAYBE_DONE));
        held.countDown();
    }

    @Test
    void drainingAnswersEverythingFirst() {
        BatchGenerator generator = open(BatchSettings.builder().slots(2).onClose(BatchSettings.OnClose.DRAIN));
        List<CompletableFuture<Completion>> futures = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            futures.add(generator.submit(request(i, 10)));
        }
        generator.close();
        assertThat(futures)
                .allSatisfy(future -> assertThat(future)
                        .isCompletedWithValueMatching(
                                completion -> completion.usage().completionTokens() == 10));
        assertThat(generator.submit(request(1, 1))).isCompletedExceptionally();
    }

    @Test
    void aRequestThatTimesOutOrIsCancelledFreesItsSlotWithinAStep() {
        List<Integer> rows = new ArrayList<>();
        CountDownLatch both = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(2);
        GeneratorOptions options = GeneratorOptions.builder()
                .listener(new GeneratorListener() {
                    @Override
                    public void failed(GenerationRequest request, GenerationException cause) {
                        ended.countDown();
                    }
                })
                .settings(BatchSettings.builder().slots(3).selfTest(false).build())
                .build();
        try (BatchGenerator generator =
                BatchGenerator.open(TINY, options, Thread::new, inner -> new AlteredRunner(inner) {
                    @Override
                    public FloatBuffer decode(int count, int[] ids, int[] lengths) {
                        rows.add(count);
                        if (count == 3) {
                            both.countDown();
                            FaultTest.await(ended); // within a step
                        }
                        return super.decode(count, ids, lengths);
                    }
                })) {
            CompletableFuture<Completion> stays = generator.submit(request(0, 60));
            CompletableFuture<Completion> cancelled = generator.submit(request(1, 300));
            CompletableFuture<Completion> late = generator.submit(request(2, 300));
            FaultTest.await(both);
            cancelled.cancel(true);
            CompletableFuture<?> unused = late.orTimeout(1, TimeUnit.MILLISECONDS);
            assertThat(late.handle((completion, failure) -> failure).join()).isInstanceOf(TimeoutException.class);
            stays.join();
        }
        assertThat(rows.subList(rows.indexOf(3) + 1, rows.size()))
                .as("rows after they ended")
                .containsOnly(1);
    }

    @Test
    void whatFitsNoSlotIsRefusedWithTheNumbers() {
        try (BatchGenerator generator = open(BatchSettings.builder().slots(2).maxLength(100))) {
            assertThat(generator
                            .submit(request(0, 300))
                            .handle((completion, failure) -> failure)
                            .join())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("100")
                    .hasMessageContaining("maxLength");
            assertThat(generator.submit(request(0, 30)).join().usage().completionTokens())
                    .isEqualTo(30);
        }
    }

    @Test
    void theMemoryBudgetHoldsUpNobodyForEver() {
        // Room for a slot and a half: most of the time one at a time.
        BatchSettings.Builder tight =
                BatchSettings.builder().slots(4).maxLength(200).cacheBytes(300L * 3072);
        try (BatchGenerator generator = open(tight)) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                futures.add(generator.submit(request(i, i % 2 == 0 ? 150 : 10)));
            }
            futures.forEach(CompletableFuture::join);
        }
    }

    @Test
    void theSelfTestLeavesRoomWhereMemoryIsTight() {
        for (BatchSettings settings : List.of(
                BatchSettings.builder()
                        .slots(4)
                        .maxLength(200)
                        .cacheBytes(300L * 3072)
                        .build(),
                BatchSettings.builder().cacheBytes(1130L * 3072).build())) {
            try (BatchGenerator generator = BatchGenerator.open(
                    TINY, GeneratorOptions.builder().settings(settings).build())) {
                assertThat(generator.submit(request(1, 10)).join().usage().completionTokens())
                        .isEqualTo(10);
            }
        }
    }

    @Test
    void whatWasNotTestedIsNotInTheRecord() {
        GeneratorOptions options = GeneratorOptions.builder()
                .settings(BatchSettings.builder().slots(2).maxLength(5).build())
                .build();
        try (BatchGenerator generator = BatchGenerator.open(TINY, options)) {
            GenerationRequest small = GenerationRequest.of(
                    Prompt.raw("a"), SamplingParams.builder().maxTokens(2).build());
            assertThat(generator.submit(small).join().provenance()).doesNotContainKey("batchInvariant");
        }
    }

    @Test
    void sharedBeginningsAreComputedOnce() {
        String system = "Answer in one short sentence, and say nothing that you do not know. ".repeat(4);
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            prompts.add(Prompt.of(system, "Question " + i + "?"));
        }
        try (BatchGenerator generator = open(BatchSettings.builder().slots(4))) {
            List<Completion> completions = generator.generate(
                    prompts, SamplingParams.builder().maxTokens(4).build());
            int promptTokens =
                    completions.stream().mapToInt(c -> c.usage().promptTokens()).sum();
            BatchStats stats = generator.stats();
            assertThat(stats.promptTokens() + stats.reusedTokens()).isEqualTo(promptTokens);
            assertThat(stats.prefixHits()).isEqualTo(39);
            assertThat(stats.promptTokens()).isLessThan(promptTokens / 4);
            assertThat(stats.slots()).isEqualTo(4);
            assertThat(stats.waiting()).isZero();
            assertThat(stats.steps()).isPositive();
            assertThat(stats.completionTokens())
                    .isEqualTo(completions.stream()
                            .mapToInt(c -> c.usage().completionTokens())
                            .sum());
            assertThat(stats.timeToFirstToken()).isPositive();
            assertThat(stats.timePerToken()).isPositive();
        }
    }
}
