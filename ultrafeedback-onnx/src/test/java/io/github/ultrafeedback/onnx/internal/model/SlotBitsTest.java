package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence gets the same bits in a slot as alone, whatever is around it and however it came there. */
final class SlotBitsTest {
    private static final int SLOTS = 33;
    private static final int STEPS = 4;

    @ParameterizedTest
    @MethodSource("io.github.ultrafeedback.onnx.internal.model.SlotModels#names")
    void rowsEqualThoseOfTheSequentialDecoder(String name) {
        int longest = SlotModels.isLarge(name) ? 90 : 200;
        try (OnnxModel model = SlotModels.open(name);
                SlotDecoder decoder = model.newSlotDecoder(SLOTS, longest + STEPS)) {
            List<SlotReference> all = new ArrayList<>(SlotReference.of(model, 32, longest, STEPS, 7));
            Random random = new Random(8);
            for (int rows : new int[] {1, 2, 7, 32}) {
                Collections.shuffle(all, random);
                List<SlotReference> batch = all.subList(0, rows);
                for (int slot = 0; slot < rows; slot++) {
                    prefill(decoder, slot, batch.get(slot), 0, random);
                }
                decode(decoder, batch, 0, STEPS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.ultrafeedback.onnx.internal.model.SlotModels#names")
    void anyLegalCutOfAPromptGivesTheSameBits(String name) {
        int plans = Boolean.getBoolean("ultrafeedback.full") ? 40 : 6;
        try (OnnxModel model = SlotModels.open(name);
                SlotDecoder decoder = model.newSlotDecoder(2, 300)) {
            Random random = new Random(9);
            for (SlotReference reference : SlotReference.of(model, 4, 260, 1, 10)) {
                for (int plan = 0; plan < plans; plan++) {
                    prefill(decoder, plan % 2, reference, 0, random);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.ultrafeedback.onnx.internal.model.SlotModels#names")
    void aMovedSequenceGoesOnAsIfItHadStayed(String name) {
        try (OnnxModel model = SlotModels.open(name);
                SlotDecoder decoder = model.newSlotDecoder(SLOTS, 80)) {
            List<SlotReference> batch = SlotReference.of(model, 7, 70, STEPS, 11);
            Random random = new Random(12);
            for (int i = 0; i < batch.size(); i++) {
                prefill(decoder, SLOTS - 1 - i, batch.get(i), 0, random);
                decoder.copy(SLOTS - 1 - i, i, batch.get(i).length());
            }
            decode(decoder, batch, 0, 2);
            for (int i = 0; i < batch.size(); i++) {
                int length = batch.get(i).length() + 2;
                decoder.copy(i, 10 + i, length);
                decoder.copy((i + 1) % batch.size(), i, 70); // what stays must not count
                decoder.copy(10 + i, i, length);
            }
            decode(decoder, batch, 2, STEPS);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.ultrafeedback.onnx.internal.model.SlotModels#names")
    void aCopiedPrefixSparesItsPrefill(String name) {
        try (OnnxModel model = SlotModels.open(name);
                SlotDecoder decoder = model.newSlotDecoder(3, 210)) {
            List<SlotReference> pair = SlotReference.of(model, 4, 200, STEPS, 13);
            SlotReference source = pair.get(1);
            SlotReference target = pair.get(3);
            Random random = new Random(14);
            prefill(decoder, 2, source, 0, random);
            int shared = Math.min(source.sharedWith(target), target.length() - 2);
            assertThat(shared).isGreaterThan(20);
            for (int length : new int[] {shared, 1, shared / 2, 0}) {
                decoder.copy(2, 0, length);
                prefill(decoder, 0, target, length, random);
                decode(decoder, List.of(target), 0, STEPS);
            }
        }
    }

    /** Computes the prompt behind {@code past} positions by any legal plan and checks its logits. */
    private static void prefill(SlotDecoder decoder, int slot, SlotReference reference, int past, Random random) {
        int done = past;
        while (done < reference.length()) {
            int count = ChunkPlans.next(reference.length() - done, random);
            boolean last = done + count == reference.length();
            FloatBuffer logits = decoder.prefill(slot, reference.prompt(), done, count, last);
            assertThat(logits.remaining()).isEqualTo(last ? decoder.vocabSize() : 0);
            if (last) {
                reference.check(0, logits, 0, "prefill");
            }
            done += count;
        }
    }

    private static void decode(SlotDecoder decoder, List<SlotReference> batch, int from, int to) {
        int rows = batch.size();
        int[] ids = new int[rows];
        int[] lengths = new int[rows];
        for (int step = from; step < to; step++) {
            for (int row = 0; row < rows; row++) {
                ids[row] = batch.get(row).token(step);
                lengths[row] = batch.get(row).length() + step;
            }
            FloatBuffer logits = decoder.decode(rows, ids, lengths);
            assertThat(logits.remaining()).isEqualTo(rows * decoder.vocabSize());
            for (int row = 0; row < rows; row++) {
                batch.get(row).check(step + 1, logits, row, "row " + row + " of " + rows);
            }
        }
    }
}
