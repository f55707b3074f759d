package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.ultrafeedback.onnx.internal.model.GraphSignature.LogitsRows;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * The tensors of a run that are not cache. Their memory is made once and rewritten for each run; the tensors whose
 * shape a run decides are made anew over it, at 0.2 µs each.
 *
 * <p>Logits are pinned to memory of ours: asking the runtime for its own copies them, and in 1.29 {@code getBufferRef}
 * of such a tensor throws. A graph that gives one float32 row writes into the very row that callers see. One that gives
 * a row for each token, or float16, writes into memory that nobody else sees and that {@link #close} frees; the row
 * itself is left to the garbage collector, since a caller may still be reading it.
 */
final class StepTensors implements AutoCloseable {
    static final String INPUT_IDS = "input_ids";
    static final String ATTENTION_MASK = "attention_mask";
    static final String POSITION_IDS = "position_ids";
    static final String SEQLENS_K = "seqlens_k";
    static final String TOTAL_SEQUENCE_LENGTH = "total_sequence_length";
    static final String LOGITS_IDX = "logits_idx";
    static final String LOGITS = "logits";

    private final RunTensors made;
    private final GraphSignature signature;
    private final LongBuffer ids = longs(PrefillPlan.MAX_CHUNK);
    private final LongBuffer positions = longs(PrefillPlan.MAX_CHUNK);
    private final LongBuffer mask;
    private final IntBuffer seqlensK = RunTensors.bytes(Integer.BYTES).asIntBuffer();
    private final IntBuffer total = RunTensors.bytes(Integer.BYTES).asIntBuffer();
    private final LongBuffer logitsIdx = longs(1);
    private final ByteBuffer row;
    private final FloatBuffer rowView;
    /** Whether the graph writes the row itself, and not memory of its own. */
    private final boolean direct;

    private final NativeMemory memory;
    private final ByteBuffer logits;

    StepTensors(OrtEnvironment environment, GraphSignature signature, int contextLength) {
        this.made = new RunTensors(environment);
        this.signature = signature;
        mask = longs(signature.feeds().mask() ? contextLength : 0);
        while (mask.hasRemaining()) {
            mask.put(1);
        }
        int rows = signature.logitsRows() == LogitsRows.ALL ? PrefillPlan.MAX_CHUNK : 1;
        row = RunTensors.bytes(signature.vocabSize() * Float.BYTES);
        rowView = row.asFloatBuffer();
        direct = rows == 1 && !signature.halfLogits();
        int logitsBytes = Math.multiplyExact(rows, rowBytes());
        memory = NativeMemory.open(); // last, since the rest of this may fail and the collector takes care of it
        logits = direct ? row : memory.allocateOrClose(logitsBytes);
    }

    private int rowBytes() {
        return signature.vocabSize() * (signature.halfLogits() ? Short.BYTES : Float.BYTES);
    }

    /** Puts the tensors of one run into the two maps; {@link #release} closes them after it. */
    void feed(Step step, int[] tokens, int from, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned)
            throws OrtException {
        int count = step.count();
        for (int i = 0; i < count; i++) {
            ids.put(i, tokens[from + i]);
            positions.put(i, step.past() + i);
        }
        inputs.put(INPUT_IDS, made.of(ids.slice(0, count), 1, count));
        if (signature.feeds().positions()) {
            inputs.put(POSITION_IDS, made.of(positions.slice(0, count), 1, count));
        }
        if (signature.feeds().mask()) {
            inputs.put(ATTENTION_MASK, made.of(mask.slice(0, step.total()), 1, step.total()));
        }
        if (signature.feeds().lengths()) {
            inputs.put(SEQLENS_K, made.of(seqlensK.put(0, step.seqlensK()), 1));
            inputs.put(TOTAL_SEQUENCE_LENGTH, made.of(total.put(0, step.total()), 1));
        }
        if (signature.logitsRows() == LogitsRows.SELECTED) {
            inputs.put(LOGITS_IDX, made.of(logitsIdx.put(0, count - 1), 1));
        }
        pinned.put(LOGITS, logitsTensor(count));
    }

    private OnnxTensor logitsTensor(int count) throws OrtException {
        int rows = rows(count);
        long vocab = signature.vocabSize();
        long[] shape =
                signature.logitsRows() == LogitsRows.SELECTED ? new long[] {rows, vocab} : new long[] {1, rows, vocab};
        OnnxJavaType type = signature.halfLogits() ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
        return made.of(logits.slice(0, rows * rowBytes()), type, shape);
    }

    private int rows(int count) {
        return signature.logitsRows() == LogitsRows.ALL ? count : 1;
    }

    /** The last position's logits of a run of {@code count} tokens that went well; the same buffer every time. */
    FloatBuffer lastRow(int count) {
        int start = (rows(count) - 1) * rowBytes();
        if (signature.halfLogits()) {
            for (int i = 0; i < signature.vocabSize(); i++) {
                rowView.put(i, Fp16Conversions.fp16ToFloat(logits.getShort(start + i * Short.BYTES)));
            }
        } else if (!direct) {
            row.put(0, logits, start, rowBytes());
        }
        return rowView.clear();
    }

    /** Closes what {@link #feed} made. The memory stays: a caller may be reading a row. */
    void release() {
        made.release();
    }

    /** Frees the large part of the memory; no run may be under way. Idempotent. */
    @Override
    public void close() {
        release();
        memory.close();
    }

    private static LongBuffer longs(int count) {
        return RunTensors.bytes(count * Long.BYTES).asLongBuffer();
    }
}
