package io.github.ultrafeedback.batch;

import static io.github.ultrafeedback.batch.Sequences.count;
import static io.github.ultrafeedback.batch.Sequences.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.batch.Plan.Chunk;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    private final SlotTable table = new SlotTable(4, 300, 1200, true);

    @Test
    void rowsComeFirstAndPromptsGetTheRest() {
        run(table, Sequences.of(50, count(0, 10)));
        run(table, Sequences.of(50, count(100, 10)));
        Sequence waiting = Sequences.of(200, count(200, 150));
        Plan plan = new Scheduler(100, 64).plan(table, List.of(waiting));
        assertThat(plan.rows()).isEqualTo(2);
        assertThat(plan.chunks()).containsExactly(new Chunk(waiting, 64), new Chunk(waiting, 34));
        assertThat(plan.tokens()).isEqualTo(100);
    }

    @Test
    void shortPromptsShareAStepAndALongOneIsCut() {
        Sequence first = Sequences.of(50, count(0, 10));
        Sequence second = Sequences.of(50, count(100, 20));
        Sequence third = Sequences.of(200, count(200, 100));
        Sequence fourth = Sequences.of(50, count(500, 5));
        Plan plan = new Scheduler(60, 64).plan(table, List.of(first, second, third, fourth));
        assertThat(plan.chunks()).containsExactly(new Chunk(first, 10), new Chunk(second, 20), new Chunk(third, 30));
    }

    @Test
    void thePromptThatWasBegunGoesOnFirst() {
        Sequence begun = Sequences.of(200, count(0, 100));
        table.place(begun);
        table.computed(begun, 40);
        Sequence waiting = Sequences.of(50, count(500, 10));
        assertThat(new Scheduler(80, 64).plan(table, List.of(waiting)).chunks())
                .containsExactly(new Chunk(begun, 60), new Chunk(waiting, 10));
        assertThat(new Scheduler(40, 64).plan(table, List.of(waiting)).chunks()).containsExactly(new Chunk(begun, 40));
    }

    @Test
    void onePromptWithoutRoomHoldsUpThoseBehindIt() {
        SlotTable tight = new SlotTable(4, 300, 400, true);
        run(tight, Sequences.of(200, count(0, 10)));
        Sequence large = Sequences.of(300, count(100, 10));
        Sequence small = Sequences.of(20, count(200, 10));
        assertThat(new Scheduler(100, 64).plan(tight, List.of(large, small)).chunks())
                .isEmpty();
        assertThat(new Scheduler(100, 64).plan(tight, List.of(small, large)).chunks())
                .containsExactly(new Chunk(small, 10));
    }

    @Test
    void noMoreComeInThanThereAreSlots() {
        List<Sequence> six = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> Sequences.of(20, count(100 * i, 5)))
                .toList();
        assertThat(new Scheduler(100, 64).plan(table, six).chunks()).hasSize(4);
    }

    @Test
    void aSharedPrefixIsNotPlannedTwice() {
        run(table, Sequences.of(50, count(0, 30)));
        Sequence same = Sequences.of(50, count(0, 40));
        assertThat(new Scheduler(100, 64).plan(table, List.of(same)).chunks()).containsExactly(new Chunk(same, 10));
    }

    @Test
    void planningChangesNothing() {
        Sequence waiting = Sequences.of(50, count(0, 30));
        Scheduler scheduler = new Scheduler(100, 64);
        assertThat(scheduler.plan(table, List.of(waiting))).isEqualTo(scheduler.plan(table, List.of(waiting)));
        assertThat(waiting.placed()).isFalse();
        assertThat(table.free()).isEqualTo(4);
    }

    @Test
    void aChunkOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Scheduler(100, 2)).hasMessageContaining("[3, 64], got 2");
        assertThatThrownBy(() -> new Scheduler(100, 65)).hasMessageContaining("[3, 64], got 65");
    }
}
