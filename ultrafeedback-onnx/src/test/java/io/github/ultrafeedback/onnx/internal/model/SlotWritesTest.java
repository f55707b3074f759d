package io.github.ultrafeedback.onnx.internal.model;

import static io.github.ultrafeedback.onnx.internal.model.TinyModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which bytes of its cache a slot decoder writes. */
final class SlotWritesTest {
    private static final int CAPACITY = 40;
    private static final byte CANARY = 0x5a;

    static Stream<String> caches() {
        return Stream.of(TinyModel.GQA, TinyModel.GENAI, TinyModel.KV.get(0), TinyModel.KV.get(1));
    }

    @ParameterizedTest
    @MethodSource("caches")
    void aRunWritesNothingButItsNewPositions(String graph) {
        try (OnnxModel model = TinyModel.open(graph);
                SlotDecoder decoder = model.newSlotDecoder(4, CAPACITY)) {
            KvLayout layout = model.signature().kv();
            KvMemory memory = ((CachedSlotDecoder) decoder).memory();
            fill(memory, layout, 4);
            int[] used = new int[4];
            decoder.prefill(1, prompt(20), 0, 9, false);
            used[1] = 9;
            check(memory, layout, used);
            decoder.prefill(1, prompt(20), 9, 11, true);
            used[1] = 20;
            check(memory, layout, used);
            decoder.copy(1, 0, 12);
            used[0] = 12;
            check(memory, layout, used);
            decoder.decode(2, new int[] {5, 6}, new int[] {12, 20});
            used[0] = 13;
            used[1] = 21;
            check(memory, layout, used);
            decoder.copy(0, 3, 0);
            decoder.copy(0, 0, 13);
            check(memory, layout, used);
        }
    }

    private static void fill(KvMemory memory, KvLayout layout, int slots) {
        for (int tensor = 0; tensor < layout.tensors(); tensor++) {
            ByteBuffer all = memory.view(tensor, 0, slots);
            while (all.hasRemaining()) {
                all.put(CANARY);
            }
        }
    }

    /** The used positions of each head differ from the canary somewhere; all others hold it still. */
    private static void check(KvMemory memory, KvLayout layout, int[] used) {
        int headBytes = (int) layout.headBytes(CAPACITY);
        for (int tensor = 0; tensor < layout.tensors(); tensor++) {
            for (int slot = 0; slot < used.length; slot++) {
                ByteBuffer view = memory.view(tensor, slot, 1);
                for (int head = 0; head < layout.heads(); head++) {
                    int usedBytes = (int) layout.headBytes(used[slot]);
                    int other = firstOther(view, head * headBytes, headBytes);
                    assertThat(other == headBytes)
                            .as("slot %d is untouched", slot)
                            .isEqualTo(used[slot] == 0);
                    assertThat(firstOther(view, head * headBytes + usedBytes, headBytes - usedBytes))
                            .as("tensor %d, slot %d, head %d behind %d", tensor, slot, head, used[slot])
                            .isEqualTo(headBytes - usedBytes);
                }
            }
        }
    }

    private static int firstOther(ByteBuffer view, int from, int bytes) {
        int i = 0;
        while (i < bytes && view.get(from + i) == CANARY) {
            i++;
        }
        return i;
    }
}
