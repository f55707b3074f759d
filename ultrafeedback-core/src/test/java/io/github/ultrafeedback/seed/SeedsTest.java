package io.github.ultrafeedback.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeedsTest {
    /** Computed by a second version in Python. A recorded seed must reproduce its completion for ever. */
    @Test
    void theValuesNeverChange() {
        assertThat(Seeds.mix(0)).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(Seeds.mix(1)).isEqualTo(0x910a2dec89025cc1L);
        assertThat(Seeds.derive(42, "flan-17", "gpt-4")).isEqualTo(0x49c2a374978c781cL);
        assertThat(Seeds.derive(42, "ä€😀")).isEqualTo(0x99821566a8b4b3e3L);
        assertThat(Seeds.derive(42, 0)).isEqualTo(0xf4abd143feb24055L);
        assertThat(Seeds.derive(-7, 1_000_000)).isEqualTo(0xceaab34e88b182c7L);
    }

    @Test
    void theBordersBetweenNamesCount() {
        Set<Long> seeds = new HashSet<>();
        seeds.add(Seeds.derive(1, "ab", "c"));
        seeds.add(Seeds.derive(1, "a", "bc"));
        seeds.add(Seeds.derive(1, "abc"));
        seeds.add(Seeds.derive(1, "abc", ""));
        seeds.add(Seeds.derive(1, "", "abc"));
        seeds.add(Seeds.derive(1, "c", "ab"));
        seeds.add(Seeds.derive(2, "abc"));
        assertThat(seeds).hasSize(7);
    }

    @Test
    void closeSeedsAndIndicesGiveUnrelatedSeeds() {
        Set<Long> seeds = new HashSet<>();
        long flipped = 0;
        for (int seed = 0; seed < 100; seed++) {
            for (int index = 0; index < 1_000; index++) {
                seeds.add(Seeds.derive(seed, index));
                flipped += Long.bitCount(Seeds.derive(seed, index) ^ Seeds.derive(seed, index + 1));
            }
        }
        assertThat(seeds).hasSize(100_000);
        assertThat(flipped / 100_000.0).isBetween(31.9, 32.1);
    }
}
