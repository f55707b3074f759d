package io.github.ultrafeedback.onnx.internal.model;

import static io.github.ultrafeedback.onnx.internal.model.TinyModel.copy;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
final class CancellationTest {
    static Stream<String> float32Graphs() {
        return TinyModel.float32Graphs().stream();
    }

    @ParameterizedTest
    @MethodSource("float32Graphs")
    void cancelEndsARunningDecodeLoopAndTheNextPrefillWorks(String graph) throws Exception {
        try (OnnxModel model = TinyModel.open(graph);
                Decoder decoder = model.newDecoder()) {
            float[] expected = copy(decoder.prefill(prompt(20)));
            AtomicLong tokens = new AtomicLong();
            CompletableFuture<Void> loop = CompletableFuture.runAsync(() -> decodeForEver(decoder, tokens));
            while (tokens.get() < 3) {
                Thread.onSpinWait();
            }
            decoder.cancel();
            long atCancel = tokens.get();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> loop.get(60, TimeUnit.SECONDS))
                    .havingCause()
                    .satisfies(e -> assertCancelled(e, Certainty.MAYBE_DONE));
            assertThat(tokens.get()).as("tokens after the cancel").isLessThanOrEqualTo(atCancel + 1);
            assertThatExceptionOfType(GenerationCancelledException.class).isThrownBy(() -> decoder.decode(1));
            assertThat(copy(decoder.prefill(prompt(20)))).containsExactly(expected);
        }
    }

    @Test
    void cancelEndsALongPrefillBetweenItsChunks() throws Exception {
        try (OnnxModel model = TinyModel.open(TinyModel.GQA);
                Decoder decoder = model.newDecoder()) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<Void> prefill = CompletableFuture.runAsync(() -> prefillForEver(decoder, cancellation));
            while (decoder.length() == 0) {
                Thread.onSpinWait();
            }
            cancellation.cancel();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> prefill.get(60, TimeUnit.SECONDS))
                    .withCauseInstanceOf(GenerationCancelledException.class);
            assertThat(decoder.prefill(prompt(5)).limit()).isEqualTo(4096);
        }
    }

    @Test
    void aCancelBeforeThePrefillIsNotLostAndALateOneHitsNobodyElse() {
        try (OnnxModel model = TinyModel.open(TinyModel.GQA);
                Decoder decoder = model.newDecoder()) {
            Cancellation early = new Cancellation();
            early.cancel();
            assertThatExceptionOfType(GenerationCancelledException.class)
                    .isThrownBy(() -> decoder.prefill(prompt(5), early))
                    .satisfies(e -> assertCancelled(e, Certainty.NOT_SENT));
            assertThatIllegalStateException()
                    .isThrownBy(() -> decoder.decode(1))
                    .withMessageContaining("prefill");

            Cancellation finished = new Cancellation();
            decoder.prefill(prompt(5), finished);
            decoder.prefill(prompt(6));
            finished.cancel();
            assertThat(decoder.decode(3).limit()).isEqualTo(4096);
        }
    }

    @Test
    void aRunUnderWayIsToldToEndAndTheNextOneIsNot() throws Exception {
        try (OnnxModel model = TinyModel.open(TinyModel.GQA);
                OrtSession.RunOptions options = SequentialDecoder.quietOptions()) {
            Cancellation cancelled = new Cancellation();
            cancelled.begin(options);
            cancelled.cancel();
            assertThatExceptionOfType(OrtException.class)
                    .isThrownBy(() -> runTwoTokens(model, options))
                    .withMessageContaining("terminate");
            cancelled.end(options);
            assertThatExceptionOfType(GenerationCancelledException.class)
                    .isThrownBy(() -> cancelled.begin(options))
                    .satisfies(e -> assertCancelled(e, Certainty.MAYBE_DONE));
            runTwoTokens(model, options);
        }
    }

    @Test
    void workSharedWithOthersBeginsUnlessItWasCancelled() {
        Cancellation begun = new Cancellation();
        assertThat(begun.tryBegin()).isTrue();
        begun.cancel();
        assertThat(begun.tryBegin()).isFalse();
        assertThat(begun.certainty()).isEqualTo(Certainty.MAYBE_DONE);
        Cancellation early = new Cancellation();
        early.cancel();
        assertThat(early.tryBegin()).isFalse();
        assertThat(early.certainty()).isEqualTo(Certainty.NOT_SENT);
    }

    private static void assertCancelled(Throwable failure, Certainty certainty) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        GenerationCancelledException.class,
                        cancelled -> assertThat(cancelled.certainty()).isEqualTo(certainty));
    }

    private static void runTwoTokens(OnnxModel model, OrtSession.RunOptions options) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        Map<String, OnnxTensor> pinned = new HashMap<>();
        OrtEnvironment environment = OnnxEnvironment.get(model.device());
        try (SharedCache cache = new SharedCache(environment, model.signature().kv(), 8);
                StepTensors tensors = new StepTensors(environment, model.signature(), 8)) {
            cache.bind(inputs, pinned);
            tensors.feed(new Step(0, 2, 8), new int[] {5, 6}, 0, inputs, pinned);
            cache.accept(model.run(inputs, Set.of(), pinned, options));
        }
    }

    @Test
    void closeAwaitsTheRunningCallAndIsIdempotent() throws Exception {
        for (int round = 0; round < 20; round++) {
            OnnxModel model = TinyModel.open(TinyModel.GQA);
            Decoder decoder = model.newDecoder();
            decoder.prefill(prompt(20));
            CountDownLatch started = new CountDownLatch(1);
            AtomicLong tokens = new AtomicLong();
            CompletableFuture<Void> loop = CompletableFuture.runAsync(() -> {
                started.countDown();
                decodeForEver(decoder, tokens);
            });
            started.await();
            if (round % 2 == 0) {
                decoder.close();
            } else {
                model.close();
            }
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> loop.get(60, TimeUnit.SECONDS))
                    .satisfies(e -> assertThat(e.getCause())
                            .isInstanceOfAny(GenerationCancelledException.class, IllegalStateException.class));
            decoder.close();
            assertThatIllegalStateException().isThrownBy(() -> decoder.prefill(prompt(5)));
            model.close();
        }
    }

    @Test
    void aClosedModelMakesNoDecoder() {
        OnnxModel model = TinyModel.open(TinyModel.PLAIN);
        Decoder decoder = model.newDecoder();
        decoder.prefill(prompt(5));
        model.close();
        model.close();
        assertThatIllegalStateException().isThrownBy(model::newDecoder).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> decoder.decode(1)).withMessageContaining("closed");
    }

    private static void decodeForEver(Decoder decoder, AtomicLong tokens) {
        while (true) {
            if (decoder.length() == decoder.contextLength()) {
                decoder.rewind();
            }
            decoder.decode(11);
            tokens.incrementAndGet();
        }
    }

    private static void prefillForEver(Decoder decoder, Cancellation cancellation) {
        while (true) {
            decoder.prefill(prompt(1000), cancellation);
        }
    }
}
