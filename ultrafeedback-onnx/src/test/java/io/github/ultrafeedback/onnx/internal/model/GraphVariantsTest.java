package io.github.ultrafeedback.onnx.internal.model;

import static io.github.ultrafeedback.onnx.internal.model.TinyModel.best;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.copy;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.distance;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Attention;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Feeds;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.LogitsRows;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same weights in several graphs: what differs is how the cache is kept. */
final class GraphVariantsTest {
    private static final int STEPS = 64;

    /** What a graph says to one prompt. */
    private record Answer(List<Integer> tokens, List<float[]> logits) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 64, 65, 129, 200})
    void plainAndSharedCachesGiveTheSameGreedyTokensAndLogits(int promptLength) {
        Answer shared = answer(TinyModel.GQA, promptLength);
        for (String graph : List.of(TinyModel.PLAIN, TinyModel.GENAI)) {
            Answer other = answer(graph, promptLength);
            assertThat(other.tokens()).as(graph).isEqualTo(shared.tokens());
            for (int step = 0; step < STEPS; step++) {
                assertThat(distance(other.logits().get(step), shared.logits().get(step)))
                        .as("%s, step %d", graph, step)
                        .isLessThan(1e-3f);
            }
        }
    }

    @Test
    void narrowCachesStayCloseToTheWideOne() {
        float[] wide = answer(TinyModel.GQA, 100).logits().get(0);
        float half = distance(answer("model_kv_fp16.onnx", 100).logits().get(0), wide);
        float eighth = distance(answer("model_kv_int8.onnx", 100).logits().get(0), wide);
        System.out.println("largest distance of a logit: float16 cache " + half + ", int8 cache " + eighth);
        assertThat(half).isPositive().isLessThan(0.02f);
        assertThat(eighth).isPositive().isLessThan(0.5f);
    }

    static Stream<String> allGraphs() {
        return TinyModel.allGraphs().stream();
    }

    @ParameterizedTest
    @MethodSource("allGraphs")
    void everyGraphAnswersAndRepeatsItself(String graph) {
        Answer first = answer(graph, 70);
        Answer second = answer(graph, 70);
        assertThat(second.tokens()).isEqualTo(first.tokens());
        for (int step = 0; step < STEPS; step++) {
            assertThat(second.logits().get(step)).containsExactly(first.logits().get(step));
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        Answer one = answer(TinyModel.GQA, 100, 1);
        Answer two = answer(TinyModel.GQA, 100, 2);
        assertThat(two.logits().get(STEPS - 1)).containsExactly(one.logits().get(STEPS - 1));
    }

    @Test
    void theSignatureIsReadFromTheGraphAndNotFromItsName() {
        KvLayout kv = new KvLayout(6, 2, 32, KvType.FLOAT32);
        assertThat(signature(TinyModel.GQA))
                .isEqualTo(new GraphSignature(
                        Attention.GROUP_QUERY, kv, new Feeds(true, false, false), LogitsRows.SELECTED, false, 4096));
        assertThat(signature(TinyModel.GENAI))
                .isEqualTo(new GraphSignature(
                        Attention.GROUP_QUERY, kv, new Feeds(false, true, false), LogitsRows.ALL, false, 4096));
        assertThat(signature(TinyModel.PLAIN))
                .isEqualTo(new GraphSignature(
                        Attention.PLAIN, kv, new Feeds(false, true, true), LogitsRows.ALL, false, 4096));
        assertThat(signature("model_kv_fp16.onnx").kv().type()).isEqualTo(KvType.FLOAT16);
        assertThat(signature("model_kv_int8.onnx").kv().type()).isEqualTo(KvType.INT8);
    }

    private static GraphSignature signature(String graph) {
        try (OnnxModel model = TinyModel.open(graph)) {
            return model.signature();
        }
    }

    private static Answer answer(String graph, int promptLength) {
        return answer(graph, promptLength, 1);
    }

    private static Answer answer(String graph, int promptLength, int threads) {
        Answer answer = new Answer(new ArrayList<>(), new ArrayList<>());
        try (OnnxModel model = TinyModel.open(graph, threads);
                Decoder decoder = model.newDecoder()) {
            FloatBuffer logits = decoder.prefill(prompt(promptLength));
            for (int step = 0; step < STEPS; step++) {
                answer.logits().add(copy(logits));
                answer.tokens().add(best(logits));
                logits = decoder.decode(best(logits));
            }
        }
        return answer;
    }
}
