package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SlotRandomTest {
    private static final boolean FULL = Boolean.getBoolean("ultrafeedback.full");

    @ParameterizedTest
    @MethodSource("io.github.ultrafeedback.onnx.internal.model.SlotModels#names")
    void sequencesThatComeMoveAndGoGetTheBitsTheyGetAlone(String name) {
        int events = (SlotModels.isLarge(name) ? 150 : 300) * (FULL ? 10 : 1);
        try (OnnxModel model = SlotModels.open(name);
                SlotDecoder decoder = model.newSlotDecoder(10, 170)) {
            List<SlotReference> references = SlotReference.of(model, 16, 150, 12, 21);
            for (long seed = 1; seed <= (FULL ? 5 : 2); seed++) {
                int checked = new SlotWalk(decoder, references, seed).walk(events);
                assertThat(checked).as("seed %d", seed).isGreaterThan(events / 2);
            }
        }
    }
}
