package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.GenerationException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whole lists of prompts. */
final class ListChecks {
    private static final int CALLERS = 4;

    private final GeneratorContract backend;

    ListChecks(GeneratorContract backend) {
        this.backend = backend;
    }

    void emptyList() {
        try (Trial trial = new Trial(backend)) {
            assertThat(trial.generator.generate(List.of())).isEmpty();
            assertThat(trial.generator.generateEach(List.of())).isEmpty();
        }
    }

    void order() {
        try (Trial trial = new Trial(backend)) {
            List<GenerationRequest> requests = new ArrayList<>();
            for (int i = 0; i < 20; i++) { // short answers behind long ones overtake them, if anything can
                requests.add(trial.request(i, i % 2 == 0 ? 16 : 1));
            }
            List<Outcome> outcomes = trial.generator.generateEach(requests);
            assertThat(outcomes).hasSameSizeAs(requests);
            for (int i = 0; i < requests.size(); i++) {
                Completion completion = success(outcomes.get(i));
                assertThat(completion.promptId()).isEqualTo("p" + i);
                assertThat(completion.params().maxTokens())
                        .isEqualTo(requests.get(i).params().maxTokens());
            }
        }
    }

    void isolation() {
        GenerationRequest failing = backend.failingRequest().orElseGet(() -> {
            assumeTrue(backend.streams(), "the backend names no failing request and does not stream");
            return GenerationRequest.of(backend.prompt(99), backend.exactly(16)).withListener((choice, delta) -> {
                throw new IllegalStateException("a listener that fails");
            });
        });
        try (Trial trial = new Trial(backend)) {
            List<GenerationRequest> requests = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                requests.add(i == 2 ? failing : trial.request(i, 4));
            }
            List<Outcome> outcomes = trial.generator.generateEach(requests);
            assertThat(outcomes).hasSameSizeAs(requests);
            for (int i = 0; i < outcomes.size(); i++) {
                if (i == 2) {
                    assertThat(outcomes.get(i))
                            .isInstanceOfSatisfying(
                                    Outcome.Failure.class,
                                    failure -> assertThat(failure.prompt()).isEqualTo(failing.prompt()));
                } else {
                    assertThat(success(outcomes.get(i)).promptId()).isEqualTo("p" + i);
                }
            }
        }
    }

    void smallQueue() {
        int maxQueued = 4;
        try (Trial trial = new Trial(backend, GeneratorOptions.builder().maxQueued(maxQueued))) {
            assertThat(trial.generator.window()).isBetween(1, maxQueued);
            List<GenerationRequest> requests = new ArrayList<>();
            for (int i = 0; i < backend.manyPrompts(); i++) {
                requests.add(trial.request(i, 1));
            }
            List<Outcome> outcomes = trial.generator.generateEach(requests);
            assertThat(outcomes).hasSameSizeAs(requests);
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(success(outcomes.get(i)).promptId()).isEqualTo("p" + i);
            }
            assertThat(trial.heard.events())
                    .as("a window that fits never fills the queue")
                    .noneMatch(event -> event.kind() == RecordingListener.Kind.FAILED);
            assertThat(trial.heard.loads()).allMatch(load -> load.queued() <= maxQueued);
        }
    }

    void concurrentCallers() {
        try (Trial trial = new Trial(backend)) {
            List<CompletableFuture<List<Completion>>> together = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int own = caller;
                together.add(CompletableFuture.supplyAsync(() -> ask(trial, own), ListChecks::inThread));
            }
            for (int caller = 0; caller < CALLERS; caller++) {
                List<Completion> completions = trial.join(together.get(caller));
                assertThat(completions).hasSize(8);
                List<Completion> alone = backend.reproducible() ? ask(trial, caller) : completions;
                for (int i = 0; i < completions.size(); i++) {
                    Trial.assertSame("prompt " + i + " of caller " + caller, completions.get(i), alone.get(i));
                }
            }
        }
    }

    private List<Completion> ask(Trial trial, int caller) {
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            prompts.add(backend.prompt(10 * caller + i));
        }
        return trial.generator.generate(
                prompts, backend.reproducible() ? backend.exactly(8).withSeed(caller) : backend.exactly(8));
    }

    private static void inThread(Runnable task) {
        new Thread(task, "caller").start();
    }

    void interrupt() {
        try (Trial trial = new Trial(backend)) {
            List<GenerationRequest> requests = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                requests.add(trial.request(i, backend.longTokens()));
            }
            CompletableFuture<Thread> caller = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            CompletableFuture<List<Outcome>> work = CompletableFuture.supplyAsync(
                    () -> {
                        caller.complete(Thread.currentThread());
                        List<Outcome> outcomes = trial.generator.generateEach(requests);
                        flag.complete(Thread.currentThread().isInterrupted());
                        return outcomes;
                    },
                    ListChecks::inThread);
            trial.awaitHeard(
                    "the first request is handed in", heard -> !heard.requests().isEmpty());
            trial.join(caller).interrupt();
            List<Outcome> outcomes = trial.join(work);
            assertThat(trial.join(flag)).as("the interrupt stays set").isTrue();
            assertThat(outcomes).hasSameSizeAs(requests);
            for (int i = 0; i < requests.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Failure failure) {
                    assertThat(failure.prompt()).isEqualTo(requests.get(i).prompt());
                    assertThat(failure.cause()).isInstanceOf(GenerationException.class);
                }
            }
            trial.awaitHeard(
                    "each request that was handed in ends",
                    heard -> heard.ended() == heard.requests().size());
        }
    }

    static Completion success(Outcome outcome) {
        if (outcome instanceof Outcome.Failure failure) {
            throw new AssertionError("the request failed", failure.cause());
        }
        return ((Outcome.Success) outcome).completion();
    }
}
