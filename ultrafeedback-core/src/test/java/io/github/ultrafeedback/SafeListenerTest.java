package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.ServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SafeListenerTest {
    private static final GenerationRequest REQUEST = GenerationRequest.of(Prompt.of("q"));
    private final GenerationException cause = new ServerException("down", null, Certainty.REFUSED);

    /** Notes each event, then throws. */
    private static final class Throwing implements GeneratorListener {
        private final List<String> events = new ArrayList<>();
        private final RuntimeException failure = new IllegalStateException("a listener of the user's");

        private void note(Object... parts) {
            events.add(List.of(parts).toString());
            throw failure;
        }

        @Override
        public void submitted(GenerationRequest request) {
            note("submitted", request);
        }

        @Override
        public void started(GenerationRequest request) {
            note("started", request);
        }

        @Override
        public void firstToken(GenerationRequest request) {
            note("firstToken", request);
        }

        @Override
        public void finished(GenerationRequest request, Completion completion) {
            note("finished", request, completion.text());
        }

        @Override
        public void failed(GenerationRequest request, GenerationException cause) {
            note("failed", request, cause.toString());
        }

        @Override
        public void retried(GenerationRequest request, int attempt, Duration delay, GenerationException cause) {
            note("retried", request, attempt, delay, cause.toString());
        }

        @Override
        public void load(int queued, int inFlight) {
            events.add("load " + queued + " " + inFlight);
            throw new AssertionError("an error, too");
        }
    }

    private void all(GeneratorListener listener) {
        listener.submitted(REQUEST);
        listener.started(REQUEST);
        listener.firstToken(REQUEST);
        listener.finished(REQUEST, ManualGenerator.completion(REQUEST));
        listener.failed(REQUEST, cause);
        listener.retried(REQUEST, 2, Duration.ofSeconds(3), cause);
        listener.load(4, 5);
    }

    @Test
    void whatAListenerThrowsGoesNoFurther() {
        Throwing listener = new Throwing();
        assertThatCode(() -> all(GeneratorListener.safe(listener))).doesNotThrowAnyException();
        assertThat(listener.events)
                .containsExactly(
                        "[submitted, " + REQUEST + "]",
                        "[started, " + REQUEST + "]",
                        "[firstToken, " + REQUEST + "]",
                        "[finished, " + REQUEST + ", answer to q]",
                        "[failed, " + REQUEST + ", " + cause + "]",
                        "[retried, " + REQUEST + ", 2, PT3S, " + cause + "]",
                        "load 4 5");
    }

    @Test
    void theOptionsWrapTheirListener() {
        GeneratorOptions options =
                GeneratorOptions.builder().listener(new Throwing()).build();
        assertThatCode(() -> all(options.listener())).doesNotThrowAnyException();
    }

    @Test
    void whatIsSafeAlreadyIsNotWrappedAgain() {
        GeneratorListener safe = GeneratorListener.safe(new Throwing());
        assertThat(GeneratorListener.safe(safe)).isSameAs(safe);
        assertThat(GeneratorListener.safe(GeneratorListener.NONE)).isSameAs(GeneratorListener.NONE);
        assertThatCode(() -> all(GeneratorListener.NONE)).doesNotThrowAnyException();
    }
}
