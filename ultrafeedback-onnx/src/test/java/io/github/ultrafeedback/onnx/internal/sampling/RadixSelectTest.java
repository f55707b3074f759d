package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadixSelectTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000, Integer.MAX_VALUE})
    void theKthHighestIsWhatASortFinds(int distinct) {
        Random random = new Random(distinct);
        for (int run = 0; run < 2000; run++) {
            int[] keys = new int[1 + random.nextInt(300)];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = random.nextInt(distinct) * (random.nextBoolean() ? 1 : -1);
            }
            int[] sorted = keys.clone();
            Arrays.sort(sorted);
            int k = 1 + random.nextInt(keys.length);
            int found = RadixSelect.kthHighest(keys, keys.length, k, new int[RadixSelect.DIGITS]);
            assertThat(found).as("run %s", run).isEqualTo(sorted[sorted.length - k]);
        }
    }

    @Test
    void floatsKeepTheirOrderAsIntsAndTheirRankAsLongs() {
        float[] rising = {Float.NEGATIVE_INFINITY, -1e30f, -1, -Float.MIN_VALUE, 0, Float.MIN_VALUE, 2, 1e30f};
        for (int i = 0; i < rising.length; i++) {
            assertThat(SortableFloat.decode(SortableFloat.encode(rising[i]))).isEqualTo(rising[i]);
            assertThat(Rank.logit(Rank.of(rising[i], 77))).isEqualTo(rising[i]);
            assertThat(Rank.token(Rank.of(rising[i], 151_935))).isEqualTo(151_935);
            if (i > 0) {
                assertThat(SortableFloat.encode(rising[i])).isGreaterThan(SortableFloat.encode(rising[i - 1]));
                assertThat(Rank.of(rising[i], 9)).isLessThan(Rank.of(rising[i - 1], 0));
            }
        }
        assertThat(Rank.of(1, 3)).isLessThan(Rank.of(1, 4));
        assertThat(Rank.of(-0f, 3)).isEqualTo(Rank.of(0f, 3));
    }
}
