package io.github.ultrafeedback.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.PromptTooLongException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TruncationTest {
    private static final int[] TEN = IntStream.range(0, 10).toArray();

    @ParameterizedTest
    @EnumSource
    void aPromptWithRoomForTheAnswerIsLeftAlone(Truncation truncation) {
        assertThat(truncation.apply(TEN, 6, 16)).isSameAs(TEN);
    }

    @Test
    void withoutTruncationOneTokenOfRoomIsEnough() {
        assertThat(Truncation.NONE.apply(TEN, 1024, 11)).isSameAs(TEN);
    }

    @Test
    void withoutTruncationAPromptThatFillsTheContextFails() {
        assertThatThrownBy(() -> Truncation.NONE.apply(TEN, 1, 10))
                .isInstanceOfSatisfying(PromptTooLongException.class, e -> {
                    assertThat(e.promptTokens()).isEqualTo(10);
                    assertThat(e.contextLength()).isEqualTo(10);
                    assertThat(e.retryable()).isFalse();
                })
                .hasMessageContaining("10 tokens");
    }

    @Test
    void holeKeepsTheLastTokensAsThePipelineDoes() {
        assertThat(Truncation.HOLE.apply(TEN, 4, 8)).containsExactly(6, 7, 8, 9);
    }

    @Test
    void middleKeepsBothEnds() {
        assertThat(Truncation.MIDDLE.apply(TEN, 3, 8)).containsExactly(0, 1, 2, 8, 9);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLE", "MIDDLE"})
    void anAnswerThatFillsTheContextAloneFails(Truncation truncation) {
        assertThatThrownBy(() -> truncation.apply(TEN, 8, 8))
                .isInstanceOf(PromptTooLongException.class)
                .hasMessageContaining("maxTokens alone, 8, fills the context; lower it");
    }
}
