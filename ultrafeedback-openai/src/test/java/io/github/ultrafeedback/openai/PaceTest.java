package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private final Pace pace = new Pace();

    private void learn(long limit, @Nullable Duration reset) {
        pace.learn(new RateHeaders.Reading(limit, limit, reset), 0, 0);
    }

    @Test
    void aLimitThatCountsByTheDayIsNotSpreadOverAMinute() {
        learn(10_000, Duration.ofHours(9));
        assertThat(pace.limit()).isZero();
    }

    @Test
    void oneResponseThatSpeaksOfADayDoesNotEndThePaceForGood() {
        learn(600, Duration.ofMillis(100));
        learn(10_000, Duration.ofSeconds(62));
        assertThat(pace.limit()).isZero();
        learn(600, Duration.ofSeconds(60));
        assertThat(pace.limit()).isEqualTo(600);
        learn(500, null);
        assertThat(pace.limit()).isEqualTo(500);
    }
}
