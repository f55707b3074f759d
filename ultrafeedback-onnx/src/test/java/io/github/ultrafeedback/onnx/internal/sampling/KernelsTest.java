package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.SamplingParams;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
    private static final int ROUNDS = Boolean.getBoolean("ultrafeedback.full") ? 300 : 30;

    @Test
    void theVectorApiIsFoundWhereTheJvmHasIt() {
        assertThat(SamplingWorkspace.create(100).vectorized()).isTrue(); // the POM gives the tests the flag
        assertThat(SamplingWorkspace.scalar(100).vectorized()).isFalse();
    }

    @Test
    void aKernelThatCannotBeLoadedIsReplaced() {
        ColumnMaxima scalar = new ScalarColumnMaxima();
        assertThat(Kernels.loadOr("no.such.Kernel", scalar)).isSameAs(scalar);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 100, 127, 1000, 1025, 4096, 49_152, 50_257, 151_936})
    void bothWaysGiveTheSameMaximaAsTheObviousOne(int vocab) {
        for (float[] row : rows(vocab)) {
            float[] scalar = new float[ColumnMaxima.columns(vocab)];
            float[] vector = new float[scalar.length];
            new ScalarColumnMaxima().reduce(row, scalar);
            Kernels.best().reduce(row, vector);
            assertThat(bits(scalar)).isEqualTo(bits(naive(row, scalar.length)));
            assertThat(bits(vector)).isEqualTo(bits(scalar));
        }
    }

    private static List<float[]> rows(int vocab) {
        List<float[]> rows = new ArrayList<>(Logits.hard(vocab, vocab));
        float[] nan = Logits.noise(vocab, 1, 3);
        nan[vocab / 2] = Float.NaN;
        nan[vocab - 1] = Float.POSITIVE_INFINITY;
        rows.add(nan);
        rows.add(Logits.noise(vocab, 3, 4));
        return rows;
    }

    private static float[] naive(float[] row, int columns) {
        float[] maxima = new float[columns];
        for (int column = 0; column < columns; column++) {
            maxima[column] = row[column];
            for (int token = column; token < row.length; token += columns) {
                maxima[column] = Math.max(maxima[column], row[token]);
            }
        }
        return maxima;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 1000, 50_257})
    void tokensAreTheSameWithAndWithoutTheVectorApi(int vocab) {
        SamplingWorkspace vector = SamplingWorkspace.create(vocab);
        SamplingWorkspace scalar = SamplingWorkspace.scalar(vocab);
        for (int round = 0; round < ROUNDS; round++) {
            List<float[]> rows = new ArrayList<>(Logits.hard(vocab, round));
            rows.add(Logits.noise(vocab, 0.2 * round, round));
            for (SamplingParams params : settings()) {
                TokenSampler first = TokenSampler.create(params, round, 0, new int[0], new int[0]);
                TokenSampler second = TokenSampler.create(params, round, 0, new int[0], new int[0]);
                for (float[] row : rows) {
                    FloatBuffer logits = Logits.direct(row);
                    assertThat(first.next(logits, vector)).isEqualTo(second.next(logits, scalar));
                }
            }
        }
    }

    private static List<SamplingParams> settings() {
        return List.of(
                SamplingParams.defaults(),
                SamplingParams.builder().temperature(0).build(),
                SamplingParams.builder().topP(0.9).build(),
                SamplingParams.builder()
                        .temperature(0.7)
                        .minP(0.01)
                        .topK(50)
                        .topP(0.95)
                        .repetitionPenalty(1.1)
                        .build());
    }
}
