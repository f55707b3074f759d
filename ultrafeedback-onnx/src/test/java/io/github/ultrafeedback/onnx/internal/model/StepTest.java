package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class StepTest {
    @Test
    void totalEqualsTheCountOnlyWhereThereIsNoPast() {
        for (int past = 0; past <= 200; past++) {
            for (int count = 1; count <= 64; count++) {
                Step step = new Step(past, count, 1024);
                assertThat(step.total() == count).isEqualTo(past == 0);
            }
        }
    }

    @Test
    void seqlensKIsTheLastPositionAndNeverNegative() {
        assertThat(new Step(0, 1, 8).seqlensK()).isZero();
        assertThat(new Step(7, 1, 8).seqlensK()).isEqualTo(7);
        assertThat(new Step(3, 4, 8).seqlensK()).isEqualTo(6);
    }

    @Test
    void aStepBehindTheCapacityIsRefused() {
        assertThat(new Step(4, 4, 8).total()).isEqualTo(8);
        assertThatIllegalStateException().isThrownBy(() -> new Step(5, 4, 8)).withMessageContaining("5 + 4");
        assertThatIllegalStateException().isThrownBy(() -> new Step(Integer.MAX_VALUE, 1, 8));
    }

    @Test
    void aNegativePastAndACountOutsideOneRunAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Step(-1, 1, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step(0, 0, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step(0, 65, 80));
    }
}
