package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ChunksTest {
    @Test
    void anyPromptIsCutIntoLegalRunsUnderAnyLimit() {
        for (int limit = Chunks.LEAST; limit <= 200; limit++) {
            for (int length = 1; length <= 300; length++) {
                int missing = length;
                while (missing > 0) {
                    int count = Chunks.next(missing, limit);
                    assertThat(count).isBetween(length == 1 ? 1 : 2, Math.min(limit, Chunks.MOST));
                    missing -= count;
                }
                assertThat(missing).isZero();
            }
        }
    }

    @Test
    void aLimitThatIsTooLowGivesNoRun() {
        assertThat(Chunks.next(3, 2)).isZero();
        assertThat(Chunks.next(9, 1)).isZero();
        assertThat(Chunks.next(9, 0)).isZero();
        assertThat(Chunks.next(9, -4)).isZero();
        assertThat(Chunks.next(4, 2)).isEqualTo(2);
    }
}
