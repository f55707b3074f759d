package io.github.ultrafeedback.onnx.internal.model;

import static io.github.ultrafeedback.onnx.internal.model.TinyModel.copy;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.distance;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.PromptTooLongException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DecoderTest {
    private static final Map<String, OnnxModel> OPEN = new HashMap<>();

    static Stream<String> float32Graphs() {
        return TinyModel.float32Graphs().stream();
    }

    private static OnnxModel model(String graph) {
        return OPEN.computeIfAbsent(graph, TinyModel::open);
    }

    @AfterAll
    static void close() {
        OPEN.values().forEach(OnnxModel::close);
        OPEN.clear();
    }

    @ParameterizedTest
    @MethodSource("float32Graphs")
    void decodingAPromptTokenByTokenGivesTheSameLogitsAsPrefill(String graph) {
        try (Decoder decoder = model(graph).newDecoder()) {
            int[] prompt = prompt(150);
            float[] whole = copy(decoder.prefill(prompt));
            // A first prompt of one token, then runs of one token over a past: total_sequence_length is 2, 3, ...
            float[] last = copy(decoder.prefill(Arrays.copyOf(prompt, 1)));
            for (int i = 1; i < prompt.length; i++) {
                last = copy(decoder.decode(prompt[i]));
            }
            assertThat(distance(last, whole)).isLessThan(1e-3f);
            assertThat(decoder.length()).isEqualTo(150);
        }
    }

    @ParameterizedTest
    @MethodSource("float32Graphs")
    void aNewPromptForgetsTheOneBefore(String graph) {
        try (Decoder decoder = model(graph).newDecoder()) {
            float[] fresh = copy(decoder.prefill(prompt(40)));
            decoder.prefill(prompt(300));
            decoder.decode(17);
            assertThat(copy(decoder.prefill(prompt(40)))).containsExactly(fresh);
        }
    }

    @ParameterizedTest
    @MethodSource("float32Graphs")
    void rewindGivesThePromptsLogitsAndTheSameSecondSample(String graph) {
        try (Decoder decoder = model(graph).newDecoder()) {
            float[] prompt = copy(decoder.prefill(prompt(90)));
            float[] sampled = null;
            for (int sample = 0; sample < 3; sample++) {
                assertThat(copy(decoder.rewind())).containsExactly(prompt);
                assertThat(decoder.length()).isEqualTo(90);
                decoder.decode(100 + sample);
                decoder.rewind();
                decoder.decode(5);
                decoder.decode(6);
                float[] again = copy(decoder.decode(7));
                assertThat(again).containsExactly(sampled == null ? again : sampled);
                sampled = again;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("float32Graphs")
    void idsOutsideTheVocabularyAreRefusedBeforeTheRun(String graph) {
        try (Decoder decoder = model(graph).newDecoder()) {
            float[] good = copy(decoder.prefill(new int[] {7, 0, 4095}));
            for (int bad : new int[] {-1, Integer.MIN_VALUE, 4096, Integer.MAX_VALUE}) {
                assertThatExceptionOfType(InvalidRequestException.class)
                        .isThrownBy(() -> decoder.decode(bad))
                        .withMessageContaining(Integer.toString(bad))
                        .withMessageContaining("4095");
                assertThatExceptionOfType(InvalidRequestException.class)
                        .isThrownBy(() -> decoder.prefill(new int[] {7, bad, 3}))
                        .withMessageContaining("position 1");
            }
            assertThat(copy(decoder.rewind())).containsExactly(good);
            assertThat(decoder.length()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("float32Graphs")
    void theContextHoldsExactlyItsLength(String graph) {
        try (Decoder decoder = model(graph).newDecoder(70)) {
            assertThat(decoder.contextLength()).isEqualTo(70);
            assertThatExceptionOfType(PromptTooLongException.class)
                    .isThrownBy(() -> decoder.prefill(prompt(71)))
                    .satisfies(e -> assertThat(e.promptTokens()).isEqualTo(71))
                    .satisfies(e -> assertThat(e.contextLength()).isEqualTo(70));
            decoder.prefill(prompt(69));
            float[] last = copy(decoder.decode(9));
            assertThatIllegalStateException()
                    .isThrownBy(() -> decoder.decode(9))
                    .withMessageContaining("70");
            decoder.rewind();
            assertThat(copy(decoder.decode(9))).containsExactly(last);
            decoder.prefill(prompt(70));
            assertThat(decoder.length()).isEqualTo(70);
        }
    }

    @Test
    void anEmptyPromptIsRefused() {
        try (Decoder decoder = model(TinyModel.GQA).newDecoder()) {
            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> decoder.prefill(new int[0]));
        }
    }

    @Test
    void decodingNeedsAPrompt() {
        try (Decoder decoder = model(TinyModel.GQA).newDecoder()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> decoder.decode(1))
                    .withMessageContaining("prefill");
            assertThatIllegalStateException().isThrownBy(decoder::rewind);
        }
    }

    @Test
    void aContextLargerThanTheModelsIsRefused() {
        OnnxModel model = model(TinyModel.GQA);
        int most = model.folder().config().contextLength();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.newDecoder(most + 1))
                .withMessageContaining(Integer.toString(most));
        assertThatIllegalArgumentException().isThrownBy(() -> model.newDecoder(0));
    }

    @Test
    void twoDecodersOfOneModelKeepApart() {
        OnnxModel model = model(TinyModel.GQA);
        try (Decoder one = model.newDecoder();
                Decoder two = model.newDecoder()) {
            one.prefill(prompt(30));
            float[] expected = copy(one.decode(5));
            one.prefill(prompt(30));
            two.prefill(prompt(80));
            assertThat(copy(one.decode(5))).containsExactly(expected);
        }
    }
}
