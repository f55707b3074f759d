package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.openai.TrafficSimulation.Counting;
import io.github.ultrafeedback.openai.TrafficSimulation.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Storms of refusals: nine tenths of a limit are used, and once settled hardly a request is refused. */
final class TrafficStormTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final List<Counting> COUNTINGS = List.of(Counting.BUCKET, Counting.FIXED, Counting.SLIDING);
    private static final int SETTLED = 10;
    private static final int END = 20;

    static IntStream seeds() {
        return IntStream.range(0, Boolean.getBoolean("ultrafeedback.full") ? 300 : 9);
    }

    private static Plan plan(long seed, boolean byTokens, boolean tells) {
        Random random = new Random(seed);
        Counting counting = COUNTINGS.get((int) (seed % 3));
        long limit = 120L + random.nextInt(1_000);
        return byTokens
                ? new Plan(counting, 100_000, limit * 300, tells, 200)
                : new Plan(counting, limit, 100_000_000, tells, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLimitOfRequestsThatHeadersTellIsUsedAndKept(long seed) {
        Plan plan = plan(seed, false, true);
        check(new TrafficSimulation(plan, new OpenAiLimits(), seed), plan);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLimitOfTokensThatHeadersTellIsUsedAndKept(long seed) {
        Plan plan = plan(seed, true, true);
        check(new TrafficSimulation(plan, new OpenAiLimits(), seed), plan);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void limitsThatTheUserSetAreUsedAndKept(long seed) {
        Plan plan = plan(seed, seed % 2 == 0, false);
        OpenAiLimits limits = new OpenAiLimits().maxRpm(plan.rpm()).maxTpm(plan.tpm());
        TrafficSimulation simulation = new TrafficSimulation(plan, limits, seed);
        check(simulation, plan);
        assertThat(simulation.refusedAt).as("from the first request on").isEmpty();
    }

    private static void check(TrafficSimulation simulation, Plan plan) {
        simulation.run(Duration.ofMinutes(END));
        long requests =
                simulation.admittedAt.stream().filter(TrafficStormTest::settled).count();
        long tokens = IntStream.range(0, simulation.admittedAt.size())
                .filter(i -> settled(simulation.admittedAt.get(i)))
                .mapToLong(simulation.admittedTokens::get)
                .sum();
        long refused =
                simulation.refusedAt.stream().filter(TrafficStormTest::settled).count();
        double minutes = END - SETTLED;
        double used = Math.max(requests / minutes / plan.rpm(), tokens / minutes / plan.tpm());
        assertThat(used).as("share of the limit, %s", plan).isGreaterThanOrEqualTo(0.9);
        assertThat(refused).as("of %s, %s", requests, plan).isLessThanOrEqualTo((requests + refused) / 100);
        assertThat(Duration.ofNanos(simulation.longestIdle))
                .as("idle, %s", plan)
                .isLessThan(Duration.ofSeconds(1).plusMillis(100));
    }

    private static boolean settled(long nanos) {
        return nanos >= SETTLED * MINUTE;
    }
}
