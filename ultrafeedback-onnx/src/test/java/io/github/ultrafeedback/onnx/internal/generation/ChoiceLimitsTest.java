package io.github.ultrafeedback.onnx.internal.generation;

import static io.github.ultrafeedback.onnx.internal.generation.TokenVerdict.END_TOKEN;
import static io.github.ultrafeedback.onnx.internal.generation.TokenVerdict.GO_ON;
import static io.github.ultrafeedback.onnx.internal.generation.TokenVerdict.LENGTH;
import static io.github.ultrafeedback.onnx.internal.generation.TokenVerdict.STOP_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChoiceLimitsTest {
    private static final List<Integer> EOS = List.of(2, 5000);

    private static SamplingParamsBuilder params() {
        return SamplingParams.builder().maxTokens(4).stopTokenIds(List.of(7, 5000));
    }

    private static List<TokenVerdict> judge(ChoiceLimits limits, Integer... ids) {
        return List.of(ids).stream().map(limits::judge).toList();
    }

    @Test
    void anEndTokenComesBeforeAStopTokenAndBothBeforeLength() {
        assertThat(judge(new ChoiceLimits(params().build(), EOS, 100), 1, 2)).containsExactly(GO_ON, END_TOKEN);
        assertThat(judge(new ChoiceLimits(params().build(), EOS, 100), 5000)).containsExactly(END_TOKEN);
        assertThat(judge(new ChoiceLimits(params().build(), EOS, 1), 7)).containsExactly(STOP_TOKEN);
    }

    @Test
    void theLastTokenIsThatOfMaxTokensOrOfTheRoomLeft() {
        assertThat(judge(new ChoiceLimits(params().build(), EOS, 100), 1, 1, 1, 1))
                .containsExactly(GO_ON, GO_ON, GO_ON, LENGTH);
        assertThat(judge(new ChoiceLimits(params().build(), EOS, 2), 1, 1)).containsExactly(GO_ON, LENGTH);
    }

    @Test
    void nothingButLengthEndsBeforeMinTokens() {
        SamplingParams patient = params().minTokens(2).build();
        assertThat(judge(new ChoiceLimits(patient, EOS, 100), 2, 7, 2)).containsExactly(GO_ON, GO_ON, END_TOKEN);
        assertThat(judge(new ChoiceLimits(patient, EOS, 2), 2, 7)).containsExactly(GO_ON, LENGTH);
    }

    @Test
    void ignoredEndTokensMayStillBeStopTokens() {
        SamplingParams ignoring = params().ignoreEos(true).build();
        ChoiceLimits limits = new ChoiceLimits(ignoring, EOS, 100);
        assertThat(judge(limits, 2, 5000)).containsExactly(GO_ON, STOP_TOKEN);
        assertThat(limits.drawn()).isEqualTo(2);
        assertThat(GO_ON.ends()).isFalse();
        assertThat(LENGTH.ends()).isTrue();
    }
}
