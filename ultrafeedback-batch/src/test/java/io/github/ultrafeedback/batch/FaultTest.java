package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.testkit.RecordingListener;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class FaultTest {
    private static final SamplingParams PARAMS =
            SamplingParams.builder().ignoreEos(true).maxTokens(20).seed(1).build();
    private static final ModelRef TINY = ModelRef.parse("batch:" + TinyModel.FOLDER);

    private final RecordingListener heard = new RecordingListener();

    private BatchGenerator open(int slots, UnaryOperator<ModelRunner> around) {
        GeneratorOptions options = GeneratorOptions.builder()
                .listener(heard)
                .settings(BatchSettings.builder().slots(slots).selfTest(false).build())
                .build();
        return BatchGenerator.open(TINY, options, Thread::new, around);
    }

    private static GenerationRequest request(int i) {
        return GenerationRequest.of(
                Prompt.of("You answer with care, and only what you know.", "What is number " + i + "?"), PARAMS);
    }

    private static Throwable failure(CompletableFuture<Completion> future) {
        return future.handle((completion, failure) -> failure).join();
    }

    @Test
    void aRunThatFailsTakesItsRowsAndNoOthers() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch submitted = new CountDownLatch(1);
        UnaryOperator<ModelRunner> around = inner -> new AlteredRunner(inner) {
            @Override
            public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
                await(submitted);
                if (runs.incrementAndGet() == 5) {
                    throw new IllegalStateException("a kernel that fails");
                }
                return super.decode(rows, ids, lengths);
            }
        };
        try (BatchGenerator generator = open(2, around)) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                futures.add(generator.submit(request(i)));
            }
            submitted.countDown();
            assertThat(failure(futures.get(0)))
                    .isInstanceOf(GenerationException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(failure(futures.get(1))).isInstanceOf(GenerationException.class);
            for (int i = 2; i < 5; i++) {
                assertThat(futures.get(i).join().usage().completionTokens()).isEqualTo(20);
            }
        }
    }

    @Test
    void aPromptThatFailsIsAlone() {
        AtomicInteger runs = new AtomicInteger();
        UnaryOperator<ModelRunner> around = inner -> new AlteredRunner(inner) {
            @Override
            public FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits) {
                if (runs.incrementAndGet() == 2) {
                    throw new OutOfMemoryError("a run that wants too much");
                }
                return super.prefill(slot, ids, past, count, logits);
            }
        };
        try (BatchGenerator generator = open(4, around)) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                futures.add(generator.submit(request(i)));
            }
            long failed = futures.stream()
                    .map(FaultTest::failure)
                    .filter(e -> e != null)
                    .count();
            assertThat(failed).isEqualTo(1);
        }
    }

    @Test
    void whenTheEngineDiesEveryRequestEndsOnceAndLaterOnesAreRefused() {
        UnaryOperator<ModelRunner> around = inner -> new AlteredRunner(inner) {
            @Override
            public void copy(int from, int to, int length) {
                throw new IllegalStateException("a copy that fails");
            }
        };
        try (BatchGenerator generator = open(2, around)) {
            List<GenerationRequest> requests = new ArrayList<>();
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) { // the same beginning, which is copied
                requests.add(request(i));
                futures.add(generator.submit(requests.get(i)));
            }
            for (CompletableFuture<Completion> future : futures) {
                Throwable failure = failure(future);
                if (failure != null) {
                    assertThat(failure).hasMessageContaining("broke").hasMessageContaining("open a new one");
                }
            }
            assertThat(futures).anyMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(failure(generator.submit(request(9))))
                    .isInstanceOfSatisfying(
                            GenerationException.class,
                            refused -> assertThat(refused.certainty()).isEqualTo(Certainty.NOT_SENT))
                    .hasMessageContaining("broke")
                    .hasRootCauseMessage("a copy that fails");
            for (GenerationRequest request : requests) {
                assertThat(heard.kinds(request))
                        .filteredOn(RecordingListener.Kind::end)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aModelThatItsBatchChangesRunsAndSaysSo() {
        UnaryOperator<ModelRunner> around = inner -> new AlteredRunner(inner) {
            @Override
            public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
                FloatBuffer logits = super.decode(rows, ids, lengths);
                return rows == 1 ? logits : logits.put(0, logits.get(0) + 1);
            }
        };
        GeneratorOptions options = GeneratorOptions.builder()
                .settings(BatchSettings.builder().slots(2).build())
                .build();
        try (BatchGenerator generator = BatchGenerator.open(TINY, options, Thread::new, around)) {
            assertThat(generator.submit(request(1)).join().provenance()).containsEntry("batchInvariant", "false");
        }
        try (BatchGenerator generator = open(2, inner -> inner)) {
            assertThat(generator.submit(request(1)).join().provenance()).doesNotContainKey("batchInvariant");
        }
    }

    @Test
    void aListenerThatThrowsACheckedExceptionFailsItsRequestAlone() {
        try (BatchGenerator generator = open(2, inner -> inner)) {
            CompletableFuture<Completion> fails = generator.submit(request(1)
                    .withListener((choice, delta) -> SerialLaneTest.<RuntimeException>sneak(new Exception("checked"))));
            assertThat(failure(fails)).isInstanceOf(GenerationException.class).hasMessageContaining("TokenListener");
            assertThat(generator.submit(request(2)).join().usage().completionTokens())
                    .isEqualTo(20);
        }
    }

    @Test
    void aRequestThatGetsNoThreadFailsAlone() {
        AtomicInteger made = new AtomicInteger();
        GeneratorOptions options = GeneratorOptions.builder()
                .settings(BatchSettings.builder().slots(2).selfTest(false).build())
                .build();
        try (BatchGenerator generator = BatchGenerator.open(
                TINY,
                options,
                work -> {
                    if (made.incrementAndGet() == 2) { // the first is the engine's
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(work);
                },
                inner -> inner)) {
            CompletableFuture<Completion> fails = generator.submit(request(1).withListener((choice, delta) -> {}));
            assertThat(failure(fails)).hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThat(generator.submit(request(2)).join().usage().completionTokens())
                    .isEqualTo(20);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
