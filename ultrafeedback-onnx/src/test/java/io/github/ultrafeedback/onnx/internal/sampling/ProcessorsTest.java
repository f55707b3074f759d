package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorsTest {
    private static final float NONE = Float.NEGATIVE_INFINITY;

    /** Parameters, the part of the answer so far and the row, drawn from one seed. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyMixOfProcessorsGivesWhatTheNaiveVersionGives(long seed) {
        Random random = new Random(seed);
        int vocab = List.of(1, 2, 50, 64, 65, 1000, 3001).get(random.nextInt(7));
        SamplingParams params = params(random, vocab);
        List<Integer> prompt = ids(random, vocab, 20);
        List<Integer> drawn = ids(random, vocab, 12);
        List<Integer> ends = ids(random, vocab, 2);
        float[] row = Logits.noise(vocab, 0.1 + 4 * random.nextDouble(), seed);

        double[] expected = NaiveSampling.process(row, params, prompt, drawn, ends);
        float[] found = process(row, params, prompt, drawn, ends);

        for (int token = 0; token < vocab; token++) {
            assertThat((double) found[token]).as("token %s", token).isEqualTo(expected[token], within(1e-4));
        }
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(Boolean.getBoolean("ultrafeedback.full") ? 5000 : 500);
    }

    private static float[] process(
            float[] row, SamplingParams params, List<Integer> prompt, List<Integer> drawn, List<Integer> ends) {
        TokenHistory history = new TokenHistory(ints(prompt));
        drawn.forEach(history::add);
        float[] found = row.clone();
        SamplingWorkspace workspace = SamplingWorkspace.create(row.length);
        for (LogitsProcessor processor : ProcessorChain.of(params, history, ints(ends))) {
            processor.process(found, drawn.size(), workspace);
        }
        return found;
    }

    private static SamplingParams params(Random random, int vocab) {
        List<Consumer<SamplingParamsBuilder>> settings = List.of(
                b -> b.temperature(0.3 + 1.5 * random.nextDouble()),
                b -> b.minP(0.2 * random.nextDouble()),
                b -> b.topK(1 + random.nextInt(2 * vocab)),
                b -> b.topP(0.05 + 0.94 * random.nextDouble()),
                b -> b.minTokens(random.nextInt(24)),
                b -> b.repetitionPenalty(0.5 + random.nextDouble()),
                b -> b.frequencyPenalty(random.nextDouble() - 0.3),
                b -> b.presencePenalty(random.nextDouble() - 0.3),
                b -> b.logitBias(Map.of(random.nextInt(vocab), 4 * random.nextGaussian())));
        SamplingParamsBuilder builder = SamplingParams.builder();
        for (var setting : settings) {
            if (random.nextBoolean()) {
                setting.accept(builder);
            }
        }
        return builder.build();
    }

    private static List<Integer> ids(Random random, int vocab, int count) {
        // Never all of a tiny vocabulary: something must be left to draw.
        return new ArrayList<>(random.ints(vocab == 1 ? 0 : count, 0, Math.max(1, vocab - 1))
                .boxed()
                .toList());
    }

    private static int[] ints(List<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 50, 70, 500, 999, 1000, 1001, Integer.MAX_VALUE})
    void topKKeepsTheBestAndTiesWithTheLastOfThem(int k) {
        for (float[] row : Logits.hard(1000, k)) {
            double[] expected = doubles(row);
            NaiveSampling.topK(expected, k);
            float[] found = run(new TopK(k), row);
            assertThat(doubles(found)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-9, 0.1234, 0.5005, 0.9003, 0.9993, 0.999_999_999})
    void topPKeepsTheSmallestSetThatReachesP(double p) {
        for (int vocab : new int[] {1, 63, 1000}) {
            for (float[] row : Logits.hard(vocab, 7)) {
                double[] expected = doubles(row);
                NaiveSampling.topP(expected, p);
                assertThat(doubles(run(new TopP(p), row))).isEqualTo(expected);
            }
        }
    }

    @Test
    void theTokenThatCrossesPStaysAndTiesGoToTheLowestIds() {
        float half = (float) Math.log(2);
        assertThat(run(new TopP(0.6), half, 0, 0)).containsExactly(half, 0, NONE);
        assertThat(run(new TopP(0.6), 0, 0, half)).containsExactly(0, NONE, half);
        assertThat(run(new TopP(0.3), 0, -0f, 0, -0f)).containsExactly(0, 0, NONE, NONE);
        assertThat(run(new TopP(0.5), 0, 0)).containsExactly(0, NONE); // reached, not crossed
        assertThat(run(new TopP(0.75), 0, 0, 0, 0)).containsExactly(0, 0, 0, NONE);
        assertThat(run(new TopP(1e-12), 1, 5, 2)).containsExactly(NONE, 5, NONE);
    }

    @Test
    void topPDropsWhatIsTooFarOffToCount() {
        float[] row = new float[1000];
        Arrays.fill(row, -70);
        row[3] = 0;
        assertThat(run(new TopP(1 - 0x1p-53), row)[0]).isEqualTo(NONE);
    }

    @Test
    void minPComparesWithTheLikeliest() {
        float tenth = (float) Math.log(0.1);
        assertThat(run(new MinP(0.099), 0, tenth, -5)).containsExactly(0, tenth, NONE);
        assertThat(run(new MinP(0.101), 0, tenth, -5)).containsExactly(0, NONE, NONE);
        assertThat(run(new MinP(1), 2, 1.9f, 2)).containsExactly(2, NONE, 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.9})
    void minPIsRightForTheTwoFloatsBesideItsBound(double minP) {
        double bound = Math.log(minP);
        float below = (float) bound < bound ? (float) bound : Math.nextDown((float) bound);
        float above = Math.nextUp(below);
        assertThat(run(new MinP(minP), 0, below, above)).containsExactly(0, NONE, above);
    }

    @Test
    void endsAreForbiddenUntilEnoughTokensWereDrawn() {
        LogitsProcessor minTokens = new MinTokens(2, new int[] {1, 999});
        SamplingWorkspace workspace = SamplingWorkspace.create(3);
        for (int position = 0; position < 4; position++) {
            float[] row = {1, 2, 3};
            minTokens.process(row, position, workspace);
            assertThat(row[1]).as("position %s", position).isEqualTo(position < 2 ? NONE : 2);
        }
    }

    @Test
    void aBiasDoesNotAllowAnEarlyEnd() {
        SamplingParams params = SamplingParams.builder()
                .logitBias(Map.of(1, 100.0))
                .minTokens(1)
                .build();
        assertThat(process(new float[] {0, 0, 0}, params, List.of(), List.of(), List.of(1)))
                .containsExactly(0, NONE, 0);
    }

    @Test
    void aBiasForATokenThatTheModelLacksIsRefused() {
        assertThatThrownBy(() -> run(new LogitBias(Map.of(3, 1.0)), 0, 0, 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("logitBias token id must be in [0, 2]")
                .hasMessageContaining("got 3");
    }

    @Test
    void aRowOfNanPassesThroughForTheDrawToReport() {
        for (LogitsProcessor processor : List.of(new MinP(0.1), new TopK(1), new TopP(0.5), new Temperature(0.5))) {
            assertThat(run(processor, 1, Float.NaN, 2)[1]).isNaN();
        }
    }

    private static float[] run(LogitsProcessor processor, float... logits) {
        float[] row = logits.clone();
        processor.process(row, 0, SamplingWorkspace.create(row.length));
        return row;
    }

    private static double[] doubles(float[] row) {
        double[] x = new double[row.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = row[i] + 0.0; // negative zero is zero
        }
        return x;
    }
}
