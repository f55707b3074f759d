package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.GenerationException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** What listeners of requests hear. */
final class StreamChecks {
    private final GeneratorContract backend;

    StreamChecks(GeneratorContract backend) {
        this.backend = backend;
    }

    private void assumeStreams() {
        assumeTrue(backend.streams(), "the backend does not stream");
    }

    void deltas() {
        assumeStreams();
        Deltas deltas = new Deltas();
        int before;
        try (Trial trial = new Trial(backend)) {
            SamplingParams params = backend.exactly(24);
            if (!backend.unsupported().contains("n")) {
                params = params.toBuilder().n(3).build();
            }
            Completion completion = trial.answer(trial.request(1, params).withListener(deltas));
            before = deltas.count();
            assertThat(before).as("deltas of an answer of 24 tokens").isGreaterThan(1);
            completion.choices().forEach(deltas::assertJoinTo);
        }
        assertThat(deltas.count()).as("deltas after the future completed").isEqualTo(before);
    }

    void stop() {
        assumeStreams();
        assumeFalse(backend.unsupported().contains("stop"), "the backend takes no stop strings");
        StopChecks stopChecks = new StopChecks(backend);
        try (Trial trial = new Trial(backend)) {
            for (int seed = 1; seed <= 4; seed++) {
                SamplingParams params = stopChecks.params(seed);
                String full = trial.answer(trial.request(seed, params)).text();
                List<String> stops = StopChecks.pieces(full, 2, new Random(seed));
                Deltas deltas = new Deltas();
                Completion completion = trial.answer(
                        trial.request(seed, params.toBuilder().stop(stops).build())
                                .withListener(deltas));
                StopChecks.assertStopped(completion, full, stops, false);
                deltas.assertJoinTo(completion.choices().get(0));
            }
        }
    }

    void throwingListener() {
        assumeStreams();
        try (Trial trial = new Trial(backend)) {
            CompletableFuture<Completion> before = trial.generator.submit(trial.request(1, 12));
            GenerationRequest request = trial.request(2, 24).withListener((choice, delta) -> {
                throw new AssertionError("an error, too");
            });
            CompletableFuture<Completion> throwing = trial.generator.submit(request);
            CompletableFuture<Completion> after = trial.generator.submit(trial.request(3, 12));
            assertThat(trial.failure(throwing)).isInstanceOf(GenerationException.class);
            assertThat(trial.join(before).promptId()).isEqualTo("p1");
            assertThat(trial.join(after).promptId()).isEqualTo("p3");
        }
    }
}
