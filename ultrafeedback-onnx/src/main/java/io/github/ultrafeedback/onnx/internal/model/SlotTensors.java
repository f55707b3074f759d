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
 * The tensors of a run over slots that are not cache: what {@link StepTensors} is for one sequence. Memory is made once
 * and rewritten for each run; the tensors over it are made anew, at 0.2 µs each.
 *
 * <p>A run of rows feeds the length of each. What it calls the total is the longest row's, so it is at least 2: the
 * runtime takes a total that equals the tokens of a row for a first prompt, and would write over position 0.
 */
final class SlotTensors implements AutoCloseable {
    private final RunTensors made;
    private final GraphSignature signature;
    private final LongBuffer ids;
    private final LongBuffer positions;
    private final LongBuffer mask;
    private final IntBuffer seqlensK;
    private final IntBuffer total;
    private final LongBuffer logitsIdx;
    /** What callers see; left to the garbage collector, since one may still be reading. */
    private final ByteBuffer rows;

    private final FloatBuffer rowsView;
    private final NativeMemory memory;
    /** What a graph writes that gives a row for each token, or float16. */
    private final ByteBuffer raw;

    SlotTensors(OrtEnvironment environment, GraphSignature signature, int slots, int capacity) {
        this.made = new RunTensors(environment);
        this.signature = signature;
        int most = Math.max(PrefillPlan.MAX_CHUNK, slots);
        ids = RunTensors.bytes(most * Long.BYTES).asLongBuffer();
        positions = RunTensors.bytes(most * Long.BYTES).asLongBuffer();
        int maskCells = signature.feeds().mask() ? Math.multiplyExact(slots, capacity) : 0;
        mask = RunTensors.bytes(Math.multiplyExact(maskCells, Long.BYTES)).asLongBuffer();
        seqlensK = RunTensors.bytes(slots * Integer.BYTES).asIntBuffer();
        total = RunTensors.bytes(Integer.BYTES).asIntBuffer();
        logitsIdx = RunTensors.bytes(slots * Long.BYTES).asLongBuffer();
        rows = RunTensors.bytes(Math.multiplyExact(slots, signature.vocabSize() * Float.BYTES));
        rowsView = rows.asFloatBuffer();
        int rawRows = allRows() ? most : signature.halfLogits() ? slots : 0;
        int rawBytes = Math.multiplyExact(rawRows, rowBytes());
        memory = NativeMemory.open(); // last, since the rest of this may fail and the collector takes care of it
        raw = rawBytes == 0 ? rows : memory.allocateOrClose(rawBytes);
    }

    private boolean allRows() {
        return signature.logitsRows() == LogitsRows.ALL;
    }

    private int rowBytes() {
        return signature.vocabSize() * (signature.halfLogits() ? Short.BYTES : Float.BYTES);
    }

    /** Puts the tensors of a chunk of one sequence into the two maps; {@link #release} closes them after the run. */
    void feedChunk(
            Step step, int[] prompt, boolean logits, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned)
            throws OrtException {
        for (int i = 0; i < step.count(); i++) {
            ids.put(i, prompt[step.past() + i]);
            positions.put(i, step.past() + i);
        }
        if (signature.feeds().mask()) {
            fillMask(0, step.total(), step.total());
        }
        seqlensK.put(0, step.seqlensK());
        total.put(0, step.total());
        logitsIdx.put(0, step.count() - 1);
        feed(1, step.count(), step.total(), inputs);
        int given = allRows() ? step.count() : selected() && !logits ? 0 : 1;
        if (selected()) {
            inputs.put(StepTensors.LOGITS_IDX, made.of(logitsIdx.slice(0, given), given));
        }
        long[] shape = selected() ? shape(given) : shape(1, given);
        pinned.put(StepTensors.LOGITS, logits(allRows() ? raw : target(), given, shape));
    }

    /** Puts the tensors of one token for each of the first slots into the two maps. */
    void feedRows(
            int count, int[] tokens, int[] lengths, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned)
            throws OrtException {
        int longest = 0;
        for (int row = 0; row < count; row++) {
            ids.put(row, tokens[row]);
            positions.put(row, lengths[row]);
            seqlensK.put(row, lengths[row]);
            logitsIdx.put(row, row);
            longest = Math.max(longest, lengths[row] + 1);
        }
        if (signature.feeds().mask()) {
            for (int row = 0; row < count; row++) {
                fillMask(row, lengths[row] + 1, longest);
            }
        }
        total.put(0, longest);
        feed(count, 1, longest, inputs);
        if (selected()) {
            inputs.put(StepTensors.LOGITS_IDX, made.of(logitsIdx.slice(0, count), count));
        }
        pinned.put(StepTensors.LOGITS, logits(target(), count, selected() ? shape(count) : shape(count, 1)));
    }

    private void fillMask(int row, int ones, int width) {
        for (int i = 0; i < width; i++) {
            mask.put(row * width + i, i < ones ? 1 : 0);
        }
    }

    private void feed(int batch, int sequence, int width, Map<String, OnnxTensor> inputs) throws OrtException {
        int count = batch * sequence;
        inputs.put(StepTensors.INPUT_IDS, made.of(ids.slice(0, count), batch, sequence));
        if (signature.feeds().positions()) {
            inputs.put(StepTensors.POSITION_IDS, made.of(positions.slice(0, count), batch, sequence));
        }
        if (signature.feeds().mask()) {
            inputs.put(StepTensors.ATTENTION_MASK, made.of(mask.slice(0, batch * width), batch, width));
        }
        if (signature.feeds().lengths()) {
            inputs.put(StepTensors.SEQLENS_K, made.of(seqlensK.slice(0, batch), batch));
            inputs.put(StepTensors.TOTAL_SEQUENCE_LENGTH, made.of(total, 1));
        }
    }

    private boolean selected() {
        return signature.logitsRows() == LogitsRows.SELECTED;
    }

    private long[] shape(int... leading) {
        long[] shape = new long[leading.length + 1];
        for (int i = 0; i < leading.length; i++) {
            shape[i] = leading[i];
        }
        shape[leading.length] = signature.vocabSize();
        return shape;
    }

    private ByteBuffer target() {
        return signature.halfLogits() ? raw : rows;
    }

    private OnnxTensor logits(ByteBuffer target, int count, long[] shape) throws OrtException {
        OnnxJavaType type = signature.halfLogits() ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
        return made.of(target.slice(0, count * rowBytes()), type, shape);
    }

    /** The last position's logits of a chunk of {@code count} tokens that went well. */
    FloatBuffer lastRow(int count) {
        int start = allRows() ? (count - 1) * rowBytes() : 0;
        if (signature.halfLogits()) {
            widen(start, signature.vocabSize());
        } else if (allRows()) {
            rows.put(0, raw, start, rowBytes());
        }
        return view(1);
    }

    /** The logits of the first slots after a run that went well. */
    FloatBuffer rows(int count) {
        if (signature.halfLogits()) {
            widen(0, count * signature.vocabSize());
        }
        return view(count);
    }

    private void widen(int start, int count) {
        for (int i = 0; i < count; i++) {
            rowsView.put(i, Fp16Conversions.fp16ToFloat(raw.getShort(start + i * Short.BYTES)));
        }
    }

    private FloatBuffer view(int count) {
        return rowsView.clear().limit(count * signature.vocabSize());
    }

    /** Closes what was fed. */
    void release() {
        made.release();
    }

    /** Frees the memory that nobody else sees; no run may be under way. Idempotent. */
    @Override
    public void close() {
        release();
        memory.close();
    }
}
