package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SelfTestTest {
    private static final int SLOTS = 9;

    private final FakeRunner good = new FakeRunner(SLOTS, 200, new Random(1), 0);

    private static SlotTable table(long budget) {
        return new SlotTable(SLOTS, 200, budget, true);
    }

    @Test
    void aModelThatHoldsItPasses() {
        SlotTable table = table(9 * 200);
        assertThat(new SelfTest(good, table).run()).isEmpty();
        assertThat(table.touchedAt(SLOTS - 1)).as("what it wrote is counted").isPositive();
        assertThat(good.touched()).isLessThanOrEqualTo(table.committed());
    }

    @Test
    void aRowThatItsCompanyChangesIsFound() {
        ModelRunner rowsMatter = new AlteredRunner(good) {
            @Override
            public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
                FloatBuffer logits = super.decode(rows, ids, lengths);
                return rows < 7 ? logits : logits.put(0, -1);
            }
        };
        assertThat(new SelfTest(rowsMatter, table(9 * 200)).run()).hasValue("a sequence among 7");
    }

    @Test
    void aLastRowThatDiffersIsFound() {
        ModelRunner lastDiffers = new AlteredRunner(good) {
            @Override
            public FloatBuffer decode(int rows, int[] ids, int[] lengths) {
                FloatBuffer logits = super.decode(rows, ids, lengths);
                return rows == 1 ? logits : logits.put((rows - 1) * FakeRunner.VOCAB, -1);
            }
        };
        assertThat(new SelfTest(lastDiffers, table(9 * 200)).run()).hasValue("a sequence among 2");
    }

    @Test
    void chunksThatMatterAreFound() {
        ModelRunner chunksMatter = new AlteredRunner(good) {
            @Override
            public FloatBuffer prefill(int slot, int[] ids, int past, int count, boolean logits) {
                FloatBuffer row = super.prefill(slot, ids, past, count, logits);
                return count == 33 ? row.put(0, -1) : row;
            }
        };
        assertThat(new SelfTest(chunksMatter, table(9 * 200)).run()).hasValue("a prompt computed in other chunks");
    }

    @Test
    void itStaysWithinATightBudget() {
        SlotTable table = table(200);
        assertThat(new SelfTest(good, table).run()).isEmpty();
        assertThat(table.committed()).isLessThanOrEqualTo(200);
        assertThat(table.admission().admits(200)).isTrue();
    }
}
