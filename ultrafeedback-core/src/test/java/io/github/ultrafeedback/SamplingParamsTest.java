package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SamplingParamsTest {
    @Test
    void theDefaultsAreUltraFeedbacks() {
        SamplingParams params = SamplingParams.defaults();
        assertThat(params.temperature()).isEqualTo(1.0);
        assertThat(params.topP()).isEqualTo(1.0);
        assertThat(params.maxTokens()).isEqualTo(1024);
    }

    @Test
    void aValueThatIsNotANumberIsRefusedByName() {
        assertThatThrownBy(() -> SamplingParams.builder().topP(Double.NaN).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topP must be in (0, 1], got NaN; 1 turns it off");
    }
}
