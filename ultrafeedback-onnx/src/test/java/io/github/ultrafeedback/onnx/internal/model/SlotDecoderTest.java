package io.github.ultrafeedback.onnx.internal.model;

import static io.github.ultrafeedback.onnx.internal.model.TinyModel.copy;
import static io.github.ultrafeedback.onnx.internal.model.TinyModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlotDecoderTest {
    private static final int CAPACITY = 40;
    private static final Map<String, OnnxModel> OPEN = new HashMap<>();

    private static OnnxModel model(String graph) {
        return OPEN.computeIfAbsent(graph, TinyModel::open);
    }

    private static SlotDecoder decoder(int slots) {
        return model(TinyModel.GQA).newSlotDecoder(slots, CAPACITY);
    }

    @AfterAll
    static void close() {
        OPEN.values().forEach(OnnxModel::close);
        OPEN.clear();
    }

    @Test
    void aSlotIsStartedAnewWithoutClearing() {
        try (SlotDecoder decoder = decoder(1)) {
            float[] fresh = copy(decoder.prefill(0, prompt(10), 0, 10, true));
            decoder.prefill(0, prompt(30), 0, 30, true);
            assertThat(copy(decoder.prefill(0, prompt(10), 0, 10, true))).containsExactly(fresh);
        }
    }

    @Test
    void aFailedCallLeavesTheSlotsAsTheyWere() {
        try (SlotDecoder decoder = decoder(2)) {
            decoder.prefill(0, prompt(10), 0, 10, false);
            float[] right = copy(decoder.decode(1, new int[] {7}, new int[] {10}));
            for (int bad : new int[] {-1, 4096}) {
                assertThatExceptionOfType(InvalidRequestException.class)
                        .isThrownBy(() -> decoder.decode(1, new int[] {bad}, new int[] {10}))
                        .withMessageContaining("position 10")
                        .withMessageContaining("4095");
                assertThatExceptionOfType(InvalidRequestException.class)
                        .isThrownBy(() -> decoder.prefill(0, new int[] {1, 2, bad}, 1, 2, true))
                        .withMessageContaining("position 2");
            }
            assertThat(copy(decoder.decode(1, new int[] {7}, new int[] {10}))).containsExactly(right);
        }
    }

    @Test
    void aSlotHoldsExactlyItsCapacity() {
        try (SlotDecoder decoder = decoder(2)) {
            decoder.prefill(0, prompt(CAPACITY), 0, CAPACITY - 1, false);
            decoder.decode(1, new int[] {7}, new int[] {CAPACITY - 1});
            assertThatIllegalStateException()
                    .isThrownBy(() -> decoder.decode(1, new int[] {7}, new int[] {CAPACITY}))
                    .withMessageContaining("40 + 1");
            assertThatIllegalStateException()
                    .isThrownBy(() -> decoder.prefill(0, prompt(60), CAPACITY - 1, 2, true))
                    .withMessageContaining("39 + 2");
        }
    }

    @Test
    void aChunkOfOneTokenIsForAPromptOfOneToken() {
        try (SlotDecoder decoder = decoder(1)) {
            decoder.prefill(0, prompt(1), 0, 1, true);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.prefill(0, prompt(3), 2, 1, true))
                    .withMessageContaining("one token");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.prefill(0, prompt(100), 0, 65, true))
                    .withMessageContaining("64");
        }
    }

    @Test
    void aRowWithoutAPromptIsRefusedSinceTheRuntimeWouldStartItAnew() {
        try (SlotDecoder decoder = decoder(2)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.decode(2, new int[] {1, 2}, new int[] {5, 0}))
                    .withMessageContaining("lengths[1]");
        }
    }

    @Test
    void numbersOutOfRangeNameTheRange() {
        try (SlotDecoder decoder = decoder(2)) {
            int[] two = {1, 2};
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.decode(3, two, two))
                    .withMessageContaining("[1, 2]");
            assertThatIllegalArgumentException().isThrownBy(() -> decoder.decode(0, two, two));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.decode(2, new int[1], two))
                    .withMessageContaining("ids");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.decode(2, two, new int[1]))
                    .withMessageContaining("lengths");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.prefill(2, two, 0, 2, true))
                    .withMessageContaining("[0, 1]");
            assertThatIllegalArgumentException().isThrownBy(() -> decoder.prefill(0, two, 0, 3, true));
            assertThatIllegalArgumentException().isThrownBy(() -> decoder.copy(0, -1, 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.copy(0, 1, CAPACITY + 1))
                    .withMessageContaining("[0, 40]");
        }
    }

    @Test
    void theDecoderSaysHowLargeItIs() {
        try (SlotDecoder decoder = decoder(3)) {
            assertThat(decoder.slots()).isEqualTo(3);
            assertThat(decoder.capacity()).isEqualTo(CAPACITY);
            assertThat(decoder.vocabSize()).isEqualTo(4096);
            assertThat(decoder.contextLength())
                    .isEqualTo(model(TinyModel.GQA).folder().config().contextLength());
        }
    }

    @Test
    void theModelSaysHowLargeItsFilesAre() throws IOException {
        Path graph = TinyModel.folder().resolve(TinyModel.GQA);
        assertThat(model(TinyModel.GQA).bytes())
                .isEqualTo(Files.size(graph) + Files.size(graph.resolveSibling("model.onnx.data")));
    }

    @Test
    void plainAttentionIsRefusedWithTheWayOut() {
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> model(TinyModel.PLAIN).newSlotDecoder(2, CAPACITY))
                .withMessageContaining("onnx:")
                .withMessageContaining("export_llama.py");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
    void aCapacityOutOfRangeIsRefused(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(TinyModel.GQA).newSlotDecoder(1, capacity))
                .withMessageContaining("capacity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(TinyModel.GQA).newSlotDecoder(0, 1))
                .withMessageContaining("slots");
    }

    @Test
    void moreThanARegionHoldsNamesWhatFits() {
        int open = OpenMemory.count();
        int context = model(TinyModel.GQA).folder().config().contextLength();
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> model(TinyModel.GQA).newSlotDecoder(100_000, context))
                .withMessageMatching(".* at most \\d+, or at most \\d+ slots\\.");
        assertThat(OpenMemory.count()).isEqualTo(open);
    }

    @Test
    void closingTwiceIsOnceAndAClosedDecoderSaysSo() {
        int open = OpenMemory.count();
        SlotDecoder decoder = decoder(2);
        decoder.prefill(0, prompt(5), 0, 5, true);
        decoder.close();
        decoder.close();
        assertThat(OpenMemory.count()).isEqualTo(open);
        assertThatIllegalStateException().isThrownBy(() -> decoder.prefill(0, prompt(5), 0, 5, true));
        assertThatIllegalStateException().isThrownBy(() -> decoder.decode(1, new int[1], new int[] {5}));
        assertThatIllegalStateException().isThrownBy(() -> decoder.copy(0, 1, 5));
    }

    @Test
    void aModelClosesItsDecoders() {
        int open = OpenMemory.count();
        OnnxModel model = TinyModel.open(TinyModel.GQA);
        SlotDecoder decoder = model.newSlotDecoder(2, CAPACITY);
        model.close();
        assertThat(OpenMemory.count()).isEqualTo(open);
        assertThatIllegalStateException().isThrownBy(() -> decoder.prefill(0, prompt(5), 0, 5, true));
        assertThatIllegalStateException().isThrownBy(() -> model.newSlotDecoder(1, 1));
    }
}
