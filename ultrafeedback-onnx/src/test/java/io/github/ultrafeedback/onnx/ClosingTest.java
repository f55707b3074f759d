package io.github.ultrafeedback.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GeneratorClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ClosingTest {
    private static final GenerationRequest LONG = GenerationRequest.of(
            Prompt.of("Tell me of the sea."),
            SamplingParams.builder().ignoreEos(true).maxTokens(300).build());

    @Test
    @Timeout(120)
    void whatClosingEndsSaysWhetherWorkHadBegun() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Generator generator = Generators.forModel("onnx:" + TinyModel.FOLDER);
        CompletableFuture<Completion> running = generator.submit(LONG.withListener((choice, delta) -> {
            runs.countDown();
            awaitQuietly(closing);
        }));
        CompletableFuture<Completion> waiting = generator.submit(LONG);
        runs.await();
        CompletableFuture<?> unused = waiting.whenComplete((completion, failure) -> closing.countDown());
        generator.close();
        assertClosed(waiting, Certainty.NOT_SENT);
        assertClosed(running, Certainty.MAYBE_DONE);
        assertClosed(generator.submit(LONG), Certainty.NOT_SENT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertClosed(CompletableFuture<Completion> future, Certainty certainty) {
        assertThat(future.handle((completion, failure) -> failure).join())
                .isInstanceOfSatisfying(
                        GeneratorClosedException.class,
                        closed -> assertThat(closed.certainty()).isEqualTo(certainty));
    }
}
