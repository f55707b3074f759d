package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.testkit.RecordingListener.Kind;
import io.github.ultrafeedback.testkit.RecordingListener.Load;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecordingListenerTest {
    private final RecordingListener heard = new RecordingListener();
    private final ServerException down = new ServerException("down", null, Certainty.REFUSED);

    @Test
    void equalRequestsAreToldApart() {
        GenerationRequest one = GenerationRequest.of(Prompt.of("q"));
        GenerationRequest two = GenerationRequest.of(Prompt.of("q"));
        heard.submitted(one);
        heard.submitted(two);
        heard.started(two);
        heard.retried(two, 1, Duration.ZERO, down);
        heard.failed(two, down);
        assertThat(heard.kinds(one)).containsExactly(Kind.SUBMITTED);
        assertThat(heard.kinds(two)).containsExactly(Kind.SUBMITTED, Kind.STARTED, Kind.RETRIED, Kind.FAILED);
        assertThat(heard.requests()).hasSize(2);
        assertThat(heard.ended()).isEqualTo(1);
        assertThat(heard.events().get(4).cause()).isSameAs(down);
    }

    @Test
    void theLastLoadIsKnown() {
        assertThat(heard.lastLoad()).isEqualTo(Load.NONE);
        heard.load(2, 1);
        heard.load(0, 1);
        assertThat(heard.lastLoad()).isEqualTo(new Load(0, 1));
        assertThat(heard.loads()).hasSize(2);
    }

    @Test
    void waitingEndsWhenTheConditionHoldsOrTheTimeIsOver() throws InterruptedException {
        assertThat(heard.await(Duration.ofNanos(1), listener -> listener.ended() > 0))
                .isFalse();
        GenerationRequest request = GenerationRequest.of(Prompt.of("q"));
        new Thread(() -> heard.failed(request, down)).start();
        assertThat(heard.await(Duration.ofSeconds(20), listener -> listener.ended() > 0))
                .isTrue();
    }
}
