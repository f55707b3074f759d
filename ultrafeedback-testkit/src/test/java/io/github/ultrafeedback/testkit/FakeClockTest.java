package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FakeClockTest {
    private final FakeClock clock = new FakeClock(Instant.EPOCH);

    @Test
    void timeStandsStillUntilItIsAdvanced() {
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        assertThat(clock.nanoTime()).isZero();
        clock.advance(Duration.ofMillis(1_500));
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(1_500));
        assertThat(clock.nanoTime()).isEqualTo(1_500_000_000L);
        assertThat(clock.millis()).isEqualTo(1_500);
    }

    @Test
    void timersRingInTheOrderOfTheirTimes() {
        List<String> rung = new ArrayList<>();
        note(clock.timer(Duration.ofSeconds(3)), "three", rung);
        note(clock.timer(Duration.ofSeconds(1)), "one", rung);
        note(clock.timer(Duration.ofSeconds(9)), "nine", rung);
        clock.advance(Duration.ofMillis(999));
        assertThat(rung).isEmpty();
        clock.advance(Duration.ofSeconds(5));
        assertThat(rung).containsExactly("one", "three");
        assertThat(clock.pendingTimers()).isEqualTo(1);
    }

    private static void note(CompletableFuture<Void> timer, String name, List<String> rung) {
        CompletableFuture<?> unused = timer.thenRun(() -> rung.add(name));
    }

    @Test
    void aTimerThatIsDueRingsAtOnceAndACancelledOneIsNotPending() {
        assertThat(clock.timer(Duration.ZERO)).isCompleted();
        assertThat(clock.timer(Duration.ofSeconds(-1))).isCompleted();
        clock.timer(Duration.ofSeconds(1)).cancel(true);
        assertThat(clock.pendingTimers()).isZero();
    }

    @Test
    void aClockOfAnotherZoneSharesItsTime() {
        FakeClock other = clock.withZone(ZoneId.of("Asia/Tokyo"));
        other.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(3_600));
        assertThat(other.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(new FakeClock().getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void timeNeverRunsBackwards() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("duration must be at least 0, got PT-1S");
    }
}
