package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.SamplingParamsBuilder;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** What a single answer holds, and what its seed is worth. */
final class AnswerChecks {
    private static final Map<String, UnaryOperator<SamplingParamsBuilder>> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry("temperature", b -> b.temperature(0.5)),
            Map.entry("topP", b -> b.topP(0.9)),
            Map.entry("topK", b -> b.topK(5)),
            Map.entry("minP", b -> b.minP(0.1)),
            Map.entry("minTokens", b -> b.minTokens(1)),
            Map.entry("n", b -> b.n(2)),
            Map.entry("seed", b -> b.seed(1)),
            Map.entry("stop", b -> b.stop(List.of("\u0001"))),
            Map.entry("stopTokenIds", b -> b.stopTokenIds(List.of(1))),
            Map.entry("presencePenalty", b -> b.presencePenalty(0.5)),
            Map.entry("frequencyPenalty", b -> b.frequencyPenalty(0.5)),
            Map.entry("repetitionPenalty", b -> b.repetitionPenalty(1.1)),
            Map.entry("logitBias", b -> b.logitBias(Map.of(1, 1.0))),
            Map.entry("logprobs", b -> b.logprobs(2)),
            Map.entry("ignoreEos", b -> b.ignoreEos(true)),
            Map.entry("includeStop", b -> b.stop(List.of("\u0001")).includeStop(true)),
            Map.entry("skipSpecialTokens", b -> b.skipSpecialTokens(false))));

    private final GeneratorContract backend;

    AnswerChecks(GeneratorContract backend) {
        this.backend = backend;
    }

    void facts() {
        try (Trial trial = new Trial(backend)) {
            SamplingParams params = backend.exactly(5);
            Completion completion = trial.answer(trial.request(7, params));
            assertThat(completion.model()).isEqualTo(trial.generator.model());
            assertThat(completion.promptId()).isEqualTo("p7");
            assertThat(completion.choices()).hasSize(1);
            assertThat(completion.usage().promptTokens()).as("prompt tokens").isPositive();
            assertThat(completion.attempts()).isPositive();
            assertThat(completion.latency()).isGreaterThanOrEqualTo(Duration.ZERO);
            SamplingParams used = completion.params();
            assertThat(used.maxTokens()).isEqualTo(params.maxTokens());
            assertThat(used.temperature()).isEqualTo(params.temperature());
            assertThat(used.ignoreEos()).isEqualTo(params.ignoreEos());
            if (backend.reproducible()) {
                assertThat(completion.seed()).as("the seed that took effect").isPresent();
            }
            Prompt nameless = backend.prompt(7);
            assertThat(trial.answer(GenerationRequest.of(nameless, params)).promptId())
                    .isNull();
        }
    }

    void maxTokens() {
        try (Trial trial = new Trial(backend)) {
            for (int tokens : new int[] {1, 2, 7}) {
                Completion completion = trial.answer(trial.request(tokens, tokens));
                assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
                assertThat(completion.choices().get(0).stopReason()).isNull();
                assertThat(completion.usage().completionTokens())
                        .as("completion tokens")
                        .isEqualTo(tokens);
                assertTokens(completion.choices().get(0), tokens);
            }
        }
    }

    private static void assertTokens(Choice choice, int tokens) {
        if (!choice.tokenIds().isEmpty()) { // not every server says which
            assertThat(choice.tokenIds()).hasSize(tokens);
        }
    }

    void choices() {
        assumeFalse(backend.unsupported().contains("n"), "the backend gives one answer to a prompt");
        try (Trial trial = new Trial(backend)) {
            int promptTokens = trial.answer(trial.request(1, 1)).usage().promptTokens();
            SamplingParams params = backend.exactly(12).toBuilder().n(3).build();
            Completion completion = trial.answer(trial.request(1, seeded(params, 5)));
            assertThat(completion.choices()).extracting(Choice::index).containsExactly(0, 1, 2);
            assertThat(completion.usage().promptTokens())
                    .as("prompt tokens, once")
                    .isEqualTo(promptTokens);
            assertThat(completion.usage().completionTokens())
                    .as("tokens of all choices")
                    .isEqualTo(3 * 12);
            completion.choices().forEach(choice -> assertTokens(choice, 12));
            if (backend.reproducible()) {
                assertThat(completion.choices()).extracting(Choice::text).doesNotHaveDuplicates();
            }
        }
    }

    private SamplingParams seeded(SamplingParams params, long seed) {
        return backend.reproducible() ? params.withSeed(seed) : params;
    }

    void parameters() {
        assertThat(FIELDS.keySet()).as("fields that can be refused").containsAll(backend.unsupported());
        try (Trial trial = new Trial(backend)) {
            FIELDS.forEach((field, set) -> {
                SamplingParamsBuilder builder = SamplingParams.builder().maxTokens(2);
                GenerationRequest request = trial.request(1, set.apply(builder).build());
                CompletableFuture<Completion> future = trial.generator.submit(request);
                if (backend.unsupported().contains(field)) {
                    assertRefused(trial, field, request, trial.failure(future));
                } else {
                    assertThat(trial.join(future).choices()).as(field).isNotEmpty();
                }
            });
        }
    }

    private static void assertRefused(Trial trial, String field, GenerationRequest request, Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(InvalidRequestException.class, refusal -> {
            assertThat(refusal).hasMessageContaining(field);
            assertThat(refusal.certainty()).isEqualTo(Certainty.NOT_SENT);
        });
        assertThat(trial.heard.kinds(request)).as(field).doesNotContain(RecordingListener.Kind.STARTED);
    }

    void seedAlone() {
        assumeTrue(backend.reproducible(), "the backend cannot reproduce an answer");
        try (Trial trial = new Trial(backend)) {
            List<Prompt> prompts = List.of(
                    backend.prompt(1),
                    backend.prompt(2),
                    backend.prompt(1),
                    backend.prompt(3).withId("named"));
            List<Completion> listed =
                    trial.generator.generate(prompts, backend.exactly(12).withSeed(42));
            for (int i = 0; i < prompts.size(); i++) {
                assertReproduced(trial, prompts.get(i), listed.get(i));
            }
            assertReproduced(
                    trial, prompts.get(0), trial.answer(GenerationRequest.of(prompts.get(0), backend.exactly(12))));
            if (!backend.unsupported().contains("n")) {
                SamplingParams three = backend.exactly(8).toBuilder().n(3).build();
                assertReproduced(trial, prompts.get(0), trial.answer(GenerationRequest.of(prompts.get(0), three)));
            }
        }
    }

    private static void assertReproduced(Trial trial, Prompt prompt, Completion first) {
        long seed = first.seed().orElseThrow(() -> new AssertionError("no seed is recorded"));
        Completion again =
                trial.answer(GenerationRequest.of(prompt, first.params().withSeed(seed)));
        Trial.assertSame("the recorded seed, alone", again, first);
        assertThat(again.seed()).hasValue(seed);
    }

    void equalPrompts() {
        assumeTrue(backend.reproducible(), "the backend does not say how it samples");
        try (Trial trial = new Trial(backend)) {
            List<Prompt> prompts = Collections.nCopies(6, backend.prompt(1));
            List<Completion> completions =
                    trial.generator.generate(prompts, backend.exactly(16).withSeed(42));
            assertThat(completions).extracting(Completion::seed).doesNotHaveDuplicates();
            assertThat(completions).extracting(Completion::text).doesNotHaveDuplicates();
        }
    }
}
