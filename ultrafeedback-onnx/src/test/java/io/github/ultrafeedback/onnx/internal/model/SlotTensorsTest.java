package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.ultrafeedback.onnx.device.Device;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Attention;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.Feeds;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.LogitsRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fed and read for each kind of graph; the test plays the graph. */
final class SlotTensorsTest {
    private static final OrtEnvironment ENVIRONMENT = OnnxEnvironment.get(Device.CPU);
    private static final int VOCAB = 5;

    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();

    private static SlotTensors tensors(Feeds feeds, LogitsRows rows, boolean half) {
        KvLayout kv = new KvLayout(1, 1, 8, KvType.FLOAT32);
        return new SlotTensors(
                ENVIRONMENT, new GraphSignature(Attention.GROUP_QUERY, kv, feeds, rows, half, VOCAB), 3, 100);
    }

    @Test
    void rowsOfDifferentLengthsFeedMaskPositionsAndLengths() throws OrtException {
        try (SlotTensors tensors = tensors(new Feeds(true, true, true), LogitsRows.SELECTED, false)) {
            tensors.feedRows(3, new int[] {7, 8, 9}, new int[] {2, 1, 4}, inputs, pinned);
            assertThat(value(StepTensors.INPUT_IDS)).isEqualTo(new long[][] {{7}, {8}, {9}});
            assertThat(value(StepTensors.POSITION_IDS)).isEqualTo(new long[][] {{2}, {1}, {4}});
            assertThat(value(StepTensors.ATTENTION_MASK))
                    .isEqualTo(new long[][] {{1, 1, 1, 0, 0}, {1, 1, 0, 0, 0}, {1, 1, 1, 1, 1}});
            assertThat(value(StepTensors.SEQLENS_K)).isEqualTo(new int[] {2, 1, 4});
            assertThat(value(StepTensors.TOTAL_SEQUENCE_LENGTH)).isEqualTo(new int[] {5});
            assertThat(value(StepTensors.LOGITS_IDX)).isEqualTo(new long[] {0, 1, 2});
        }
    }

    @Test
    void aChunkAfterRowsHasItsOwnMask() throws OrtException {
        try (SlotTensors tensors = tensors(new Feeds(true, true, true), LogitsRows.SELECTED, false)) {
            tensors.feedRows(2, new int[] {7, 8}, new int[] {1, 4}, inputs, pinned);
            tensors.release();
            tensors.feedChunk(new Step(1, 3, 100), new int[] {3, 4, 5, 6}, true, inputs, pinned);
            assertThat(value(StepTensors.INPUT_IDS)).isEqualTo(new long[][] {{4, 5, 6}});
            assertThat(value(StepTensors.POSITION_IDS)).isEqualTo(new long[][] {{1, 2, 3}});
            assertThat(value(StepTensors.ATTENTION_MASK)).isEqualTo(new long[][] {{1, 1, 1, 1}});
            assertThat(value(StepTensors.SEQLENS_K)).isEqualTo(new int[] {3});
            assertThat(value(StepTensors.TOTAL_SEQUENCE_LENGTH)).isEqualTo(new int[] {4});
            assertThat(value(StepTensors.LOGITS_IDX)).isEqualTo(new long[] {2});
        }
    }

    @ParameterizedTest
    @EnumSource(LogitsRows.class)
    void float32RowsAreReadWhereTheGraphWroteThem(LogitsRows kind) throws OrtException {
        try (SlotTensors tensors = tensors(new Feeds(true, false, false), kind, false)) {
            tensors.feedRows(2, new int[] {7, 8}, new int[] {1, 4}, inputs, pinned);
            assertThat(shape()).containsExactly(kind == LogitsRows.SELECTED ? new long[] {2, 5} : new long[] {2, 1, 5});
            write(false);
            assertRows(tensors.rows(2), 0, 10);
            tensors.release();
            tensors.feedChunk(new Step(0, 4, 100), new int[] {1, 2, 3, 4}, true, inputs, pinned);
            assertThat(shape()).containsExactly(chunkShape(kind));
            write(false);
            assertRows(tensors.lastRow(4), kind == LogitsRows.ALL ? 15 : 0, 5);
        }
    }

    @ParameterizedTest
    @EnumSource(LogitsRows.class)
    void float16RowsAreWidened(LogitsRows kind) throws OrtException {
        try (SlotTensors tensors = tensors(new Feeds(true, false, false), kind, true)) {
            tensors.feedRows(2, new int[] {7, 8}, new int[] {1, 4}, inputs, pinned);
            write(true);
            assertRows(tensors.rows(2), 0, 10);
            tensors.release();
            tensors.feedChunk(new Step(0, 4, 100), new int[] {1, 2, 3, 4}, true, inputs, pinned);
            assertThat(shape()).containsExactly(chunkShape(kind));
            write(true);
            assertRows(tensors.lastRow(4), kind == LogitsRows.ALL ? 15 : 0, 5);
        }
    }

    @Test
    void noRowIsAskedForWhereNoneIsWanted() throws OrtException {
        try (SlotTensors tensors = tensors(new Feeds(true, false, false), LogitsRows.SELECTED, false)) {
            tensors.feedChunk(new Step(0, 4, 100), new int[] {1, 2, 3, 4}, false, inputs, pinned);
            assertThat(value(StepTensors.LOGITS_IDX)).isEqualTo(new long[0]);
            assertThat(shape()).containsExactly(0, 5);
        }
    }

    private static long[] chunkShape(LogitsRows kind) {
        return switch (kind) {
            case SELECTED -> new long[] {1, 5};
            case LAST -> new long[] {1, 1, 5};
            case ALL -> new long[] {1, 4, 5};
        };
    }

    private OnnxTensor tensor(Map<String, OnnxTensor> from, String name) {
        return Objects.requireNonNull(from.get(name), name);
    }

    private Object value(String name) throws OrtException {
        return tensor(inputs, name).getValue();
    }

    private long[] shape() {
        return tensor(pinned, StepTensors.LOGITS).getInfo().getShape();
    }

    /** Writes 0, 1, 2 and so on, as the graph would. */
    private void write(boolean half) {
        ByteBuffer memory =
                (ByteBuffer) tensor(pinned, StepTensors.LOGITS).getBufferRef().orElseThrow();
        memory.order(ByteOrder.nativeOrder());
        int numbers = memory.capacity() / (half ? Short.BYTES : Float.BYTES);
        for (int i = 0; i < numbers; i++) {
            if (half) {
                memory.putShort(i * Short.BYTES, Fp16Conversions.floatToFp16(i));
            } else {
                memory.putFloat(i * Float.BYTES, i);
            }
        }
    }

    private static void assertRows(FloatBuffer found, int first, int count) {
        assertThat(found.remaining()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(found.get(i)).isEqualTo(first + i);
        }
    }
}
