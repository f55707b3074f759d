package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.SamplingParams;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxDrawTest {
    private static final boolean FULL = Boolean.getBoolean("ultrafeedback.full");
    private static final int DRAWS = FULL ? 1_000_000 : 200_000;

    @ParameterizedTest
    @MethodSource("seeds")
    void drawsFollowTheModelsDistribution(long seed) {
        float[] logits = Logits.noise(1000, 2, seed);
        ChiSquare.assertFits(count(SamplingParams.defaults(), logits, seed, DRAWS), naive(logits));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, FULL ? 8 : 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 129})
    void drawsFollowTheDistributionOfASmallVocabulary(int vocab) {
        float[] logits = Logits.noise(vocab, 1, vocab);
        long[] counts = count(SamplingParams.defaults(), logits, 5, DRAWS / 4);
        if (vocab == 1) {
            assertThat(counts[0]).isEqualTo(DRAWS / 4);
        } else {
            ChiSquare.assertFits(counts, naive(logits));
        }
    }

    @Test
    void drawsFollowTheDistributionOfALargeVocabulary() {
        float[] logits = Logits.noise(49_152, 3, 9);
        ChiSquare.assertFits(count(SamplingParams.defaults(), logits, 11, FULL ? 1_000_000 : 50_000), naive(logits));
    }

    @Test
    void drawsFollowHardDistributions() {
        for (float[] logits : Logits.hard(500, 3)) {
            long[] counts = count(SamplingParams.defaults(), logits, 13, DRAWS / 10);
            double[] probabilities = naive(logits);
            double highest = 0;
            for (double p : probabilities) {
                highest = Math.max(highest, p);
            }
            if (highest < 0.999) {
                ChiSquare.assertFits(counts, probabilities);
            } else {
                assertThat(counts[argmax(probabilities)]).isGreaterThan(DRAWS / 10 * 99L / 100);
            }
        }
    }

    @Test
    void drawsFollowTheDistributionThatAllProcessorsLeave() {
        SamplingParams params = SamplingParams.builder()
                .temperature(0.9)
                .topP(0.95)
                .topK(60)
                .minP(0.01)
                .logitBias(Map.of(5, 1.5))
                .build();
        float[] logits = Logits.noise(1000, 2, 17);
        double[] left = NaiveSampling.process(logits, params, List.of(), List.of(), List.of());
        ChiSquare.assertFits(count(params, logits, 19, DRAWS / 4), NaiveSampling.softmax(left));
    }

    /** One answer after another, so that choices and positions are both tried. */
    private static long[] count(SamplingParams params, float[] logits, long seed, int draws) {
        long[] counts = new long[logits.length];
        FloatBuffer buffer = Logits.direct(logits);
        SamplingWorkspace workspace = SamplingWorkspace.create(logits.length);
        for (int choice = 0; choice < draws / 1000; choice++) {
            TokenSampler sampler = TokenSampler.create(params, seed, choice, new int[0], new int[0]);
            for (int i = 0; i < 1000; i++) {
                counts[sampler.next(buffer, workspace)]++;
            }
        }
        return counts;
    }

    private static double[] naive(float[] logits) {
        return NaiveSampling.softmax(
                NaiveSampling.process(logits, SamplingParams.defaults(), List.of(), List.of(), List.of()));
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
