package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerDelayTest {
    private static final Instant NOW = Instant.parse("2024-11-06T08:49:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1000",
                "1.5 | 1500",
                " 20 | 20000",
                ".25 | 250",
                "0.001 | 1",
                "31536000 | 31536000000",
                "Wed, 06 Nov 2024 08:49:37 GMT | 7000",
                "Wednesday, 06-Nov-24 08:49:37 GMT | 7000",
                "Wed Nov  6 08:49:37 2024 | 7000",
            })
    void aDelayIsReadInEveryForm(String header, long millis) {
        assertThat(ServerDelay.read(TestCalls.headers("Retry-After", header), NOW))
                .contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "-1",
                "-0.5",
                "",
                " ",
                "soon",
                "1s",
                "1e3",
                "NaN",
                "Infinity",
                "0x10",
                "1d",
                "1,5",
                "--1",
                "Wed, 06 Nov 2024 08:49:30 GMT",
                "Mon, 06 Nov 2023 08:49:37 GMT",
                "Wed, 99 Nov 2024 08:49:37 GMT",
                "9999999999999999999999999999999",
                "\u0661"
            })
    void whatMakesNoSenseCountsAsNothingSaid(String header) {
        assertThat(ServerDelay.read(TestCalls.headers("Retry-After", header), NOW))
                .isEmpty();
    }

    @Test
    void aHugeDelayDoesNotOverflow() {
        assertThat(ServerDelay.read(TestCalls.headers("Retry-After", "999999999999999999999999999"), NOW))
                .contains(Duration.ofDays(366));
        assertThat(ServerDelay.read(TestCalls.headers("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"), NOW))
                .contains(Duration.ofDays(366));
    }

    @Test
    void millisecondsWinUnlessTheyMakeNoSense() {
        assertThat(ServerDelay.read(TestCalls.headers("retry-after-ms", "1500.5", "retry-after", "9"), NOW))
                .contains(Duration.ofNanos(1_500_500_000));
        assertThat(ServerDelay.read(TestCalls.headers("retry-after-ms", "-3", "retry-after", "9"), NOW))
                .contains(Duration.ofSeconds(9));
        assertThat(ServerDelay.read(TestCalls.headers(), NOW)).isEmpty();
    }
}
