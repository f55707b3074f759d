package io.github.ultrafeedback.batch;

import static io.github.ultrafeedback.batch.Sequences.count;
import static io.github.ultrafeedback.batch.Sequences.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.batch.SlotTable.Copy;
import org.junit.jupiter.api.Test;

final class SlotTableTest {
    private final SlotTable table = new SlotTable(4, 100, 400, true);

    @Test
    void theLastRowMovesIntoAHoleWithWhatItHasUsed() {
        Sequence first = run(table, Sequences.of(50, count(0, 10)));
        Sequence second = run(table, Sequences.of(50, count(100, 20)));
        Sequence third = run(table, Sequences.of(50, count(200, 30)));
        table.decoded(third);
        assertThat(table.release(first)).containsExactly(new Copy(0, 3, 10), new Copy(2, 0, 31));
        assertThat(table.rows()).containsExactly(third, second);
        assertThat(third.slot()).isZero();
        assertThat(table.release(second)).isEmpty();
        assertThat(table.rows()).containsExactly(third);
        assertThat(table.free()).isEqualTo(3);
    }

    @Test
    void aPromptCopiesWhatItSharesAndLeavesTwoTokensToCompute() {
        run(table, Sequences.of(50, count(0, 30)));
        Sequence same = Sequences.of(50, count(0, 30));
        assertThat(table.missing(same)).isEqualTo(2);
        assertThat(table.place(same)).containsExactly(new Copy(0, 1, 28));
        assertThat(same.computed()).isEqualTo(28);
        assertThat(same.missing()).isEqualTo(2);
    }

    @Test
    void aPrefixEndsWhereTheTokensDiffer() {
        run(table, Sequences.of(50, count(0, 30)));
        int[] other = count(0, 30);
        other[12] = 99;
        assertThat(table.missing(Sequences.of(50, other))).isEqualTo(18);
        other[Prefixes.LEAST - 1] = 99;
        assertThat(table.missing(Sequences.of(50, other)))
                .as("too short to copy")
                .isEqualTo(30);
    }

    @Test
    void decodedPositionsServeNobody() {
        Sequence live = run(table, Sequences.of(60, count(0, 20)));
        for (int i = 0; i < 20; i++) {
            live.setLastToken(20 + i); // the tokens that the longer prompt goes on with
            table.decoded(live);
        }
        assertThat(table.missing(Sequences.of(60, count(0, 40)))).isEqualTo(20);
    }

    @Test
    void onlyWhatIsComputedServesOthers() {
        Sequence half = Sequences.of(60, count(0, 40));
        table.place(half);
        table.computed(half, 16);
        assertThat(table.missing(Sequences.of(60, count(0, 40)))).isEqualTo(24);
    }

    @Test
    void aPromptOfOneTokenServesNobodyButItsOwnChoices() {
        run(table, Sequences.of(50, 7));
        assertThat(table.missing(Sequences.of(50, 7, 8, 9))).isEqualTo(3);
    }

    @Test
    void aFreeSlotServesInPlace() {
        Sequence gone = run(table, Sequences.of(50, count(0, 30)));
        assertThat(table.release(gone)).isEmpty();
        Sequence next = Sequences.of(80, count(0, 50));
        assertThat(table.place(next)).isEmpty();
        assertThat(next.missing()).isEqualTo(20);
    }

    @Test
    void aPromptThatIsWrittenOverIsKeptInTheOldestFreeSlot() {
        table.release(run(table, Sequences.of(50, count(0, 30))));
        Sequence other = Sequences.of(50, count(500, 30));
        assertThat(table.place(other)).containsExactly(new Copy(0, 1, 30));
        assertThat(table.missing(Sequences.of(50, count(0, 30)))).isEqualTo(2);
    }

    @Test
    void nothingIsReusedWhereThatIsOff() {
        SlotTable off = new SlotTable(4, 100, 400, false);
        run(off, Sequences.of(50, count(0, 30)));
        assertThat(off.missing(Sequences.of(50, count(0, 30)))).isEqualTo(30);
        assertThat(off.place(Sequences.of(50, count(0, 30)))).isEmpty();
    }

    @Test
    void aSlotInDoubtServesNobody() {
        Sequence live = run(table, Sequences.of(50, count(0, 30)));
        table.doubt(live);
        assertThat(table.missing(Sequences.of(50, count(0, 30)))).isEqualTo(30);
    }

    @Test
    void twoPromptsAreNeverComputedAtOnce() {
        table.place(Sequences.of(50, count(0, 30)));
        assertThatThrownBy(() -> table.place(Sequences.of(50, count(0, 30)))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memoryThatWasTouchedCountsAndStaysCounted() {
        SlotTable tight = new SlotTable(3, 100, 150, true);
        assertThat(tight.committed()).as("slot 0 counts in full").isEqualTo(100);
        Sequence first = run(tight, Sequences.of(90, count(0, 40)));
        assertThat(tight.admission().admits(50)).isTrue();
        assertThat(tight.admission().admits(51)).isFalse();
        Sequence second = run(tight, Sequences.of(50, count(100, 40)));
        assertThat(tight.admission().admits(1)).isFalse();
        tight.release(second);
        tight.release(first);
        assertThat(tight.committed()).isEqualTo(140);
        assertThat(tight.admission().admits(100))
                .as("one always fits an empty table")
                .isTrue();
    }

    @Test
    void aPromiseCountsInEverySlotItMayMoveTo() {
        SlotTable three = new SlotTable(3, 100, 250, true);
        run(three, Sequences.of(20, count(0, 10)));
        run(three, Sequences.of(20, count(0, 10)));
        assertThat(three.committed()).isEqualTo(120);
        assertThat(three.admission().admits(75)).as("100 + 75 + 75").isTrue();
        assertThat(three.admission().admits(76)).isFalse();
    }

    @Test
    void whatIsKeptAsideLeavesRoomForTheNewcomer() {
        SlotTable tight = new SlotTable(3, 100, 160, true);
        tight.release(run(tight, Sequences.of(50, count(0, 30))));
        run(tight, Sequences.of(20, count(200, 10))); // the 30 go to slot 1
        assertThat(tight.committed()).isEqualTo(130);
        assertThat(tight.admission().admits(40)).isTrue();
        tight.place(Sequences.of(40, count(300, 10)));
        assertThat(tight.committed()).as("the 30 have no third place").isEqualTo(140);
    }

    @Test
    void aBudgetBelowOneSlotIsRefused() {
        assertThatThrownBy(() -> new SlotTable(3, 100, 99, true))
                .hasMessageContaining("100")
                .hasMessageContaining("99");
    }
}
