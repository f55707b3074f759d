package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NegativeExpTest {
    @Test
    void theErrorStaysBelowItsBound() {
        Random random = new Random(1);
        double worst = 0;
        for (int i = 0; i < 1_000_000; i++) {
            double distance = random.nextDouble() * 64;
            double exact = StrictMath.exp(-distance);
            worst = Math.max(worst, Math.abs(NegativeExp.of(distance) - exact) / exact);
        }
        assertThat(worst).isLessThan(3e-13);
    }

    @Test
    void theEdgesAreWhereTheySay() {
        assertThat(NegativeExp.of(0)).isEqualTo(1, within(3e-13));
        assertThat(NegativeExp.of(Math.nextDown(64.0))).isPositive();
        assertThat(NegativeExp.of(64)).isZero();
        assertThat(NegativeExp.of(Double.POSITIVE_INFINITY)).isZero();
        assertThat(NegativeExp.of(Double.NaN)).isZero();
    }
}
