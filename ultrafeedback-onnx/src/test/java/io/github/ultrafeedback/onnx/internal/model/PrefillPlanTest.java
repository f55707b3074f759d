package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrefillPlanTest {
    @Test
    void everyPromptUpTo1000TokensIsCutWhollyIntoChunksOf2To64() {
        for (int length = 2; length <= 1000; length++) {
            List<Integer> chunks = chunks(length);
            assertThat(chunks).as("prompt of %d", length).allMatch(chunk -> chunk >= 2 && chunk <= 64);
            assertThat(chunks.stream().mapToInt(chunk -> chunk).sum()).isEqualTo(length);
        }
    }

    @Test
    void noPlanHasMoreChunksThanItNeeds() {
        for (int length = 1; length <= 1000; length++) {
            assertThat(chunks(length)).as("prompt of %d", length).hasSize((length + 63) / 64);
        }
    }

    @Test
    void aPromptOfOneTokenIsOneChunkOfOne() {
        assertThat(chunks(1)).containsExactly(1);
    }

    @Test
    void aLastChunkOfOneTakesATokenFromTheOneBefore() {
        assertThat(chunks(65)).containsExactly(63, 2);
        assertThat(chunks(129)).containsExactly(64, 63, 2);
    }

    @Test
    void nothingLeftIsNoChunk() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrefillPlan.next(0))
                .withMessageContaining("0");
    }

    private static List<Integer> chunks(int length) {
        List<Integer> chunks = new ArrayList<>();
        for (int left = length; left > 0; left -= chunks.get(chunks.size() - 1)) {
            chunks.add(PrefillPlan.next(left));
        }
        return chunks;
    }
}
