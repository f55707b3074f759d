package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlotAllocationTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SLOTS = 32;

    @ParameterizedTest
    @ValueSource(strings = {TinyModel.GQA, TinyModel.GENAI})
    void whatAStepAllocatesGrowsNeitherWithRowsNorWithLength(String graph) {
        try (OnnxModel model = TinyModel.open(graph);
                SlotDecoder decoder = model.newSlotDecoder(SLOTS, 70)) {
            decoder.prefill(0, TinyModel.prompt(64), 0, 64, false);
            for (int slot = 1; slot < SLOTS; slot++) {
                decoder.copy(0, slot, 64);
            }
            step(decoder, SLOTS, 64); // what is made on first use
            step(decoder, 1, 4);
            long few = step(decoder, 1, 4);
            long many = step(decoder, SLOTS, 64);
            long chunk = chunk(decoder, 64) - chunk(decoder, 2);
            assertThat(many - few).as("one row took %d bytes", few).isLessThan(4096);
            assertThat(chunk).isLessThan(4096);
        }
    }

    private static long step(SlotDecoder decoder, int rows, int length) {
        int[] lengths = new int[rows];
        Arrays.fill(lengths, length);
        int[] ids = new int[rows];
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decoder.decode(rows, ids, lengths);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static long chunk(SlotDecoder decoder, int count) {
        int[] ids = TinyModel.prompt(count);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decoder.prefill(0, ids, 0, count, true);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
