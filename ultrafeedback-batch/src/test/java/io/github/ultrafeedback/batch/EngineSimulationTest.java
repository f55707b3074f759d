package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine over a model of hashes, with seeded arrivals, lengths, cancels, stop strings and faults. The bound on a
 * wait: a request has ended within the steps that all unfinished ones before it, and itself, would take one after the
 * other.
 */
final class EngineSimulationTest {
    private static final int STEPS = Boolean.getBoolean("ultrafeedback.full") ? 150_000 : 7_500;
    private static final int CAPACITY = 200;

    @ParameterizedTest
    @CsvSource({
        // seed, slots, share of prompts a step, chunk, reuse, budget in positions, requests at once, one fault in
        "1, 8, 16, 64, true, 1600, 40, 400",
        "2, 4, 3, 3, true, 400, 40, 0",
        "3, 16, 64, 32, true, 1000, 60, 1000",
        "4, 1, 8, 64, true, 200, 20, 200",
        "5, 7, 40, 17, false, 600, 40, 300",
        "6, 12, 200, 64, true, 700, 3, 500",
        "7, 6, 64, 50, true, 260, 4, 100"
    })
    void everyRequestEndsOnceAndDrawsWhatItWouldAlone(
            int seed, int slots, int share, int chunk, boolean reuse, int budget, int atOnce, int faultOdds) {
        Simulation simulation = new Simulation(
                seed,
                atOnce,
                new FakeRunner(slots, CAPACITY, new Random(seed + 1), faultOdds),
                new SlotTable(slots, CAPACITY, budget, reuse),
                new Scheduler(slots + share, chunk),
                slots + share);
        for (int step = 0; step < STEPS; step++) {
            simulation.step(true);
        }
        simulation.drain();
        assertThat(simulation.finished)
                .as("requests that were answered in full")
                .isPositive();
        assertThat(simulation.reused > 0).as("prefixes are reused").isEqualTo(reuse);
    }

    private static final class Simulation {
        private final Random random;
        private final int atOnce;
        private final FakeRunner runner;
        private final SlotTable table;
        private final Engine engine;
        private final int stepBudget;
        private final Meter meter = new Meter();
        private final Deque<FakeRequest> arrived = new ArrayDeque<>();
        private final List<FakeRequest> open = new ArrayList<>();
        private final List<int[]> systems = new ArrayList<>();
        private long now;
        private long reused;
        private int finished;

        Simulation(int seed, int atOnce, FakeRunner runner, SlotTable table, Scheduler scheduler, int stepBudget) {
            this.random = new Random(seed);
            this.atOnce = atOnce;
            this.runner = runner;
            this.table = table;
            this.stepBudget = stepBudget;
            this.engine = new Engine(runner, scheduler, table, this::take, meter);
            for (int i = 0; i < 3; i++) {
                systems.add(random.ints(20 + random.nextInt(40), 0, 50).toArray());
            }
        }

        private List<Sequence> take(int most) {
            List<Sequence> taken = new ArrayList<>();
            while (taken.size() < most && !arrived.isEmpty()) {
                FakeRequest request = arrived.remove();
                if (!request.ended()) {
                    taken.add(request.sequence());
                }
            }
            return taken;
        }

        void step(boolean arrivals) {
            now++;
            if (arrivals && open.size() < atOnce && random.nextInt(4) == 0) {
                arrive();
            }
            disturb();
            runner.tokens = 0;
            boolean busy = engine.step();
            assertThat(runner.tokens).as("tokens of a step").isLessThanOrEqualTo(stepBudget);
            assertThat(table.free() + table.used()).isEqualTo(table.size());
            for (int row = 0; row < table.rows().size(); row++) {
                assertThat(table.rows().get(row).slot()).isEqualTo(row);
            }
            assertThat(table.committed()).as("positions promised").isLessThanOrEqualTo(table.budget());
            assertThat(runner.touched()).as("positions in memory").isLessThanOrEqualTo(table.budget());
            assertThat(busy || open.stream().allMatch(FakeRequest::ended))
                    .as("an engine that rests has nothing to do")
                    .isTrue();
            open.removeIf(this::checkedEnd);
        }

        private void arrive() {
            int[] system = random.nextBoolean() ? systems.get(random.nextInt(3)) : new int[0];
            int[] user = random.ints(1 + random.nextInt(random.nextInt(8) == 0 ? 120 : 20), 0, 50)
                    .toArray();
            int[] prompt = java.util.stream.IntStream.concat(
                            java.util.Arrays.stream(system), java.util.Arrays.stream(user))
                    .limit(CAPACITY - 20)
                    .toArray();
            int maxTokens = 1 + random.nextInt(random.nextInt(8) == 0 ? CAPACITY - prompt.length : 15);
            FakeRequest request =
                    new FakeRequest(prompt, random.nextInt(5) == 0 ? 1 + random.nextInt(4) : 1, maxTokens);
            request.choices.forEach(choice ->
                    choice.stopAt = random.nextInt(3) == 0 ? 1 + random.nextInt(maxTokens) : Integer.MAX_VALUE);
            arrived.add(request);
            open.add(request);
            request.deadline = now + open.stream().mapToLong(FakeRequest::work).sum();
        }

        private void disturb() {
            if (!open.isEmpty() && random.nextInt(30) == 0) {
                open.get(random.nextInt(open.size())).cancelled = true;
            }
        }

        private boolean checkedEnd(FakeRequest request) {
            if (!request.ended()) {
                assertThat(now).as("the deadline of a request").isLessThanOrEqualTo(request.deadline);
                return false;
            }
            finished += request.cancelled || request.failures > 0 ? 0 : 1;
            return true;
        }

        void drain() {
            while (!open.isEmpty()) {
                step(false);
            }
            step(false); // frees the slots of the last
            assertThat(table.free()).isEqualTo(table.size());
            reused = meter.stats(table.size(), 0).reusedTokens();
        }
    }
}
