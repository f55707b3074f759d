package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
    private static final int CELLS = 256;

    @Test
    void theValuesOfTheStreamNeverChange() {
        assertThat(RandomStream.key(0, 0, 0)).isEqualTo(-8463985172675923675L);
        assertThat(RandomStream.key(42, 3, 1000)).isEqualTo(2659071798954429647L);
        long key = RandomStream.key(-1, 16_383, Integer.MAX_VALUE);
        assertThat(RandomStream.bits(key, 0)).isEqualTo(-2616524189656795953L);
        assertThat(RandomStream.bits(key, 1)).isEqualTo(-4040340981261636125L);
        assertThat(RandomStream.uniform(RandomStream.bits(key, 2))).isEqualTo(0.07018794702832665);
    }

    @Test
    void uniformsLieInTheHalfOpenUnitInterval() {
        assertThat(RandomStream.uniform(0)).isZero();
        assertThat(RandomStream.uniform(2047)).isZero();
        assertThat(RandomStream.uniform(-1L)).isEqualTo(1 - 0x1p-53);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "sample", "position", "counter"})
    void everyPartOfTheAddressIsSpreadEvenly(String part) {
        long[] high = new long[CELLS];
        long[] low = new long[CELLS]; // the bits that pick a row of the table
        long[] pairs = new long[CELLS];
        long before = 0;
        for (int i = 0; i < 200_000; i++) {
            long bits = bits(part, i);
            high[(int) (bits >>> 56)]++;
            low[(int) (bits & 255)]++;
            pairs[(int) (before >>> 60 << 4 | bits >>> 60)]++;
            before = bits;
        }
        double[] even = new double[CELLS];
        Arrays.fill(even, 1.0 / CELLS);
        ChiSquare.assertFits(high, even);
        ChiSquare.assertFits(low, even);
        ChiSquare.assertFits(pairs, even);
    }

    private static long bits(String part, int i) {
        return switch (part) {
            case "seed" -> RandomStream.bits(RandomStream.key(i, 0, 0), 0);
            case "sample" -> RandomStream.bits(RandomStream.key(7, i, 0), 0);
            case "position" -> RandomStream.bits(RandomStream.key(7, 0, i), 0);
            default -> RandomStream.bits(RandomStream.key(7, 0, 0), i);
        };
    }

    @Test
    void closeAddressesShareNoBits() {
        Set<Long> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            for (int sample = 0; sample < 20; sample++) {
                for (int position = 0; position < 20; position++) {
                    for (int counter = 0; counter < 20; counter++) {
                        seen.add(RandomStream.bits(RandomStream.key(seed, sample, position), counter));
                    }
                }
            }
        }
        assertThat(seen).hasSize(160_000);
    }
}
