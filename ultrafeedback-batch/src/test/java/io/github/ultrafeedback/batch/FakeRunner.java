package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * A model of hashes. What stands at a position depends on all tokens before it and on how each was computed: a chunk, a
 * run of one token or a decode give other bits, as real kernels do. So a wrong copy, length or slot changes the tokens.
 */
final class FakeRunner implements ModelRunner {
    static final int VOCAB = 2;
    private static final int CHUNK = 1;
    private static final int SINGLE = 2;

    private final int[][] cache;
    private final int[] touched;
    private final Random faults;
    private final int faultOdds;
    private final FloatBuffer logits;
    long tokens;

    /** A run throws once in so many; 0 for never. */
    FakeRunner(int slots, int capacity, Random faults, int faultOdds) {
        this.cache = new int[slots][capacity];
        this.touched = new int[slots];
        this.faults = faults;
        this.faultOdds = faultOdds;
        this.logits = FloatBuffer.allocate(VOCAB * slots);
    }

    static int mix(int before, int id, int kind) {
        int hash = (before * 31 + id) * 0x9e3779b9 + kind * 0x85ebca6b;
        return hash ^ hash >>> 15;
    }

    /** The token that a position gives. */
    static int token(int content) {
        return (content & 0x7fffffff) % 997;
    }

    /** What the sequence would draw alone, in one piece. */
    static int[] alone(int[] prompt, int count) {
        int content = 0;
        for (int id : prompt) {
            content = mix(content, id, prompt.length == 1 ? SINGLE : CHUNK);
        }
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = token(content);
            content = mix(content, drawn[i], SINGLE);
        }
        return drawn;
    }

    @Override
    public int vocabSize() {
        return VOCAB;
    }

    @Override
    public FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean wanted) {
        if (count < 1 || count > 64 || (count == 1 && ids.length > 1) || past + count > ids.length) {
            throw new AssertionError("an illegal run: past " + past + ", count " + count + " of " + ids.length);
        }
        tokens += count;
        maybeThrow(slot, 1);
        int content = past == 0 ? 0 : cache[slot][past - 1];
        for (int i = past; i < past + count; i++) {
            content = mix(content, ids[i], count == 1 ? SINGLE : CHUNK);
            write(slot, i, content);
        }
        if (wanted != (past + count == ids.length)) {
            throw new AssertionError("logits are wanted after the prompt, and nowhere else");
        }
        return FloatBuffer.wrap(new float[] {token(content), 0});
    }

    @Override
    public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
        tokens += rows;
        maybeThrow(0, rows);
        for (int slot = 0; slot < rows; slot++) {
            int content = mix(cache[slot][lengths[slot] - 1], ids[slot], SINGLE);
            write(slot, lengths[slot], content);
            logits.put(VOCAB * slot, token(content));
        }
        return logits.duplicate();
    }

    @Override
    public void copy(int from, int to, int length) {
        System.arraycopy(cache[from], 0, cache[to], 0, length);
        touched[to] = Math.max(touched[to], length);
    }

    private void write(int slot, int position, int content) {
        cache[slot][position] = content;
        touched[slot] = Math.max(touched[slot], position + 1);
    }

    private void maybeThrow(int firstSlot, int slots) {
        if (faultOdds > 0 && faults.nextInt(faultOdds) == 0) {
            for (int slot = firstSlot; slot < firstSlot + slots; slot++) {
                Arrays.fill(cache[slot], -1); // a run that fails may leave anything behind
            }
            throw new IllegalStateException("a run that fails");
        }
    }

    /** Positions that were ever written. */
    long touched() {
        long sum = 0;
        for (int positions : touched) {
            sum += positions;
        }
        return sum;
    }

    @Override
    public void close() {}
}
