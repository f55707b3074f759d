package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SelfTestTest {
    private static final int SLOTS = 9;
    private static final SelfTest.Verdict HELD = new SelfTest.Verdict(null, null);

    private final FakeRunner good = new FakeRunner(SLOTS, 200, new Random(1), 0);

    private static SlotTable table(long budget) {
        return new SlotTable(SLOTS, 200, budget, true);
    }

    @Test
    void aModelThatHoldsItPasses() {
        SlotTable table = table(9 * 200);
        assertThat(new SelfTest(good, table).run()).isEqualTo(HELD);
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
        assertThat(new SelfTest(rowsMatter, table(9 * 200)).run().difference()).isEqualTo("a sequence among 7");
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
        assertThat(new SelfTest(lastDiffers, table(9 * 200)).run().difference()).isEqualTo("a sequence among 2");
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
        assertThat(new SelfTest(chunksMatter, table(9 * 200)).run().difference())
                .isEqualTo("a prompt computed in other chunks");
    }

    @Test
    void itLeavesRoomForAFullSlotWhateverTheBudget() {
        for (int slots : List.of(1, 2, 3, 4, 7, 8, 9, 32)) {
            for (int capacity : List.of(2, 5, 40, 200)) {
                for (int budget = capacity; budget <= capacity + 1500; budget++) {
                    SlotTable table = new SlotTable(slots, capacity, budget, true);
                    FakeRunner runner = new FakeRunner(slots, capacity, new Random(1), 0);
                    assertThat(new SelfTest(runner, table).run().difference()).isNull();
                    assertThat(table.committed())
                            .as("%s slots of %s, budget %s", slots, capacity, budget)
                            .isBetween(runner.touched(), (long) budget);
                    assertThat(table.admission().admits(capacity)).isTrue();
                }
            }
        }
    }

    @Test
    void whatCannotBeTestedIsNotSaidToHold() {
        assertThat(new SelfTest(good, table(200)).run().untested()).contains("memory");
        SlotTable narrow = new SlotTable(SLOTS, 5, 45, true);
        assertThat(new SelfTest(good, narrow).run().untested()).contains("slots of 5 tokens");
        assertThat(new SelfTest(good, new SlotTable(1, 200, 200, true)).run())
                .as("one slot has no company to test")
                .isEqualTo(HELD);
        assertThat(new SelfTest(good, table(268)).run()).as("room for two").isEqualTo(HELD);
        assertThat(new SelfTest(good, table(267)).run().untested()).contains("memory");
    }
}
