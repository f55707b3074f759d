package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "1s,PT1S",
        "6m0s,PT6M",
        "20ms,PT0.02S",
        "8.64s,PT8.64S",
        "1m26.4s,PT1M26.4S",
        "1h2m3s,PT1H2M3S",
        "2d,PT48H",
        "5us,PT0.000005S",
        "7,PT7S",
        "0.5,PT0.5S",
        "999999999999999h,PT8784H"
    })
    void durationsAreReadInAllForms(String text, Duration expected) {
        assertThat(RateHeaders.duration(text))
                .hasValueSatisfying(
                        read -> assertThat(read.minus(expected).abs()).isLessThan(Duration.ofNanos(1_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "s", "1x", "1s 2", "m1", "1..2s", "soon", "99999999999999999999"})
    void whatMakesNoSenseIsNothing(String text) {
        assertThat(RateHeaders.duration(text)).isEmpty();
    }

    @Test
    void aLimitOfZeroOrLessIsNoLimit() {
        assertThat(RateHeaders.read(TestCalls.headers("x-ratelimit-limit-tokens", "0"), "tokens"))
                .isEmpty();
        assertThat(RateHeaders.read(TestCalls.headers("x-ratelimit-limit-tokens", "-1"), "tokens"))
                .isEmpty();
        assertThat(RateHeaders.read(TestCalls.headers("x-ratelimit-limit-tokens", "90"), "tokens"))
                .hasValue(new RateHeaders.Reading(90, -1, null));
    }
}
