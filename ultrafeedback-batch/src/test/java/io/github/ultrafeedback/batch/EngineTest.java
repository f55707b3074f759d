package io.github.ultrafeedback.batch;

import static io.github.ultrafeedback.batch.Sequences.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EngineTest {
    private final Deque<FakeRequest> arrived = new ArrayDeque<>();

    private Engine engine(SlotTable table) {
        FakeRunner runner = new FakeRunner(table.size(), table.capacity(), new Random(1), 0);
        return new Engine(runner, new Scheduler(200, 64), table, this::take, new Meter());
    }

    private List<Sequence> take(int most) {
        List<Sequence> taken = new ArrayList<>();
        while (taken.size() < most && !arrived.isEmpty()) {
            taken.add(arrived.remove().sequence());
        }
        return taken;
    }

    private FakeRequest arrive(int[] prompt, int n, int maxTokens) {
        FakeRequest request = new FakeRequest(prompt, n, maxTokens);
        arrived.add(request);
        return request;
    }

    @Test
    void anEngineWithNothingToDoRests() {
        SlotTable table = new SlotTable(2, 100, 200, true);
        Engine engine = engine(table);
        assertThat(engine.step()).isFalse();
        FakeRequest request = arrive(count(0, 10), 1, 3);
        assertThat(engine.step()).as("the prompt and the first token").isTrue();
        assertThat(engine.step()).isTrue();
        assertThat(engine.step()).isTrue();
        assertThat(request.ended()).isTrue();
        assertThat(engine.step()).isFalse();
        assertThat(table.used()).isZero();
    }

    @Test
    void theChoicesOfOneRequestComeBeforeTheNextRequest() {
        Engine engine = engine(new SlotTable(2, 100, 200, true));
        FakeRequest three = arrive(count(0, 10), 3, 4);
        FakeRequest next = arrive(count(50, 10), 1, 4);
        while (!next.begun) {
            engine.step();
        }
        assertThat(three.choices).allMatch(FakeRequest.FakeChoice::started);
    }

    @Test
    void memoryThatAKeptPromptTookIsNotGivenTwice() {
        SlotTable table = new SlotTable(3, 100, 160, true);
        Engine engine = engine(table);
        arrive(count(0, 30), 1, 1);
        arrive(count(100, 20), 1, 1);
        while (engine.step()) {
            assertThat(table.committed()).isLessThanOrEqualTo(160);
        }
        FakeRequest first = arrive(count(200, 10), 1, 5);
        FakeRequest second = arrive(count(300, 10), 1, 45);
        while (engine.step()) {
            assertThat(table.committed()).isLessThanOrEqualTo(160);
        }
        assertThat(first.ended() && second.ended()).isTrue();
    }

    @Test
    void anEngineThatCanNeverAdmitWhatWaitsSaysSo() {
        SlotTable table = new SlotTable(2, 100, 150, true);
        table.touch(1, 60); // more than Admission would ever have allowed
        Engine engine = engine(table);
        arrive(count(0, 10), 1, 3);
        assertThatThrownBy(engine::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 sequences wait, the first for 13 positions")
                .hasMessageContaining("160 of 150");
    }
}
