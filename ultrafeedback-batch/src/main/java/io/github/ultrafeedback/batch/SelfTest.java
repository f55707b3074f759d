package io.github.ultrafeedback.batch;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a sequence's logits are the same bits alone and in company, and however its prompt is cut, on this machine's
 * kernels. Some quantized kernels fail this; then a seed gives other tokens in another batch. Run once, before any
 * sequence comes in.
 */
final class SelfTest {
    private static final int PROMPT = 66;
    private static final int COMPANY = 21;
    private static final int DRAWN = 2;

    private final ModelRunner runner;
    private final SlotTable table;
    private final int[] prompt;

    /**
     * What came of it: either the reason why it could not be run, or what differs; neither where all bits are equal.
     */
    record Verdict(@Nullable String untested, @Nullable String difference) {
        private static final Verdict HELD = new Verdict(null, null);

        private static Verdict untested(String why) {
            return new Verdict(why, null);
        }

        private static Verdict differs(String what) {
            return new Verdict(null, what);
        }
    }

    SelfTest(ModelRunner runner, SlotTable table) {
        this.runner = runner;
        this.table = table;
        int length = Math.min(PROMPT, table.capacity() - DRAWN);
        this.prompt = IntStream.range(0, Math.max(length, 0))
                .map(i -> (i * 7919 + 13) % runner.vocabSize())
                .toArray();
    }

    Verdict run() {
        if (prompt.length < Chunks.LEAST + 1) {
            return Verdict.untested("slots of " + table.capacity() + " tokens are too short");
        }
        float[] whole = prefill(Chunks.MOST);
        if (!Arrays.equals(whole, prefill(prompt.length / 2))) {
            return Verdict.differs("a prompt computed in other chunks");
        }
        int most = affordableRows();
        float[][] alone = decode(1, 0);
        for (int rows : company(most)) {
            keepCompany(rows);
            if (!Arrays.deepEquals(alone, decode(rows, 0)) || !Arrays.deepEquals(alone, decode(rows, rows - 1))) {
                return Verdict.differs("a sequence among " + rows);
            }
        }
        return most == 1 && table.size() > 1
                ? Verdict.untested("the memory has no room for two sequences beside a full slot")
                : Verdict.HELD;
    }

    /** How many slots it may use: what it writes stays taken, and a sequence of full length must still come in. */
    private int affordableRows() {
        int rows = table.size();
        while (rows > 1 && table.capacity() + written(rows) > table.budget()) {
            rows--;
        }
        return rows;
    }

    /** Positions that a test of so many rows at most leaves written, beside those of slot 0. */
    private long written(int most) {
        Set<Integer> whole = company(most).stream().map(rows -> rows - 1).collect(Collectors.toSet());
        return IntStream.range(1, most)
                .mapToLong(slot -> DRAWN + (whole.contains(slot) ? prompt.length : companyLength(slot)))
                .sum();
    }

    /** The numbers of rows to test, each once. */
    private static List<Integer> company(int most) {
        return Stream.of(2, 7, most)
                .filter(rows -> rows >= 2 && rows <= most)
                .distinct()
                .toList();
    }

    private float[] prefill(int chunk) {
        FloatBuffer row = FloatBuffer.allocate(0);
        for (int past = 0; past < prompt.length; ) {
            int count = Chunks.next(prompt.length - past, chunk);
            row = runner.prefill(0, prompt, past, count, past + count == prompt.length);
            past += count;
        }
        table.touch(0, prompt.length + DRAWN);
        return copy(row, 0);
    }

    /** The same sequence in the last row, others of several lengths between. */
    private void keepCompany(int rows) {
        for (int slot = 1; slot < rows - 1; slot++) {
            runner.copy(0, slot, companyLength(slot));
            table.touch(slot, companyLength(slot) + DRAWN);
        }
        runner.copy(0, rows - 1, prompt.length);
        table.touch(rows - 1, prompt.length + DRAWN);
    }

    private int companyLength(int slot) {
        return Math.min(prompt.length, 1 + slot * 5 % COMPANY);
    }

    /** Rows of logits of the sequence in one of the rows. */
    private float[][] decode(int rows, int watched) {
        int[] ids = new int[rows];
        int[] lengths = new int[rows];
        float[][] seen = new float[DRAWN][];
        for (int step = 0; step < DRAWN; step++) {
            for (int row = 0; row < rows; row++) {
                boolean same = row == 0 || row == rows - 1;
                ids[row] = (same ? 17 + step : 3 * row + step) % runner.vocabSize();
                lengths[row] = (same ? prompt.length : companyLength(row)) + step;
            }
            seen[step] = copy(runner.decode(rows, ids, lengths), watched * runner.vocabSize());
        }
        return seen;
    }

    private float[] copy(FloatBuffer logits, int from) {
        float[] row = new float[runner.vocabSize()];
        logits.get(from, row);
        return row;
    }
}
