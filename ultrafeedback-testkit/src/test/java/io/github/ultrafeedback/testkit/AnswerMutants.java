package io.github.ultrafeedback.testkit;

import static io.github.ultrafeedback.testkit.Mutant.mutant;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Generators that give a wrong answer, or stream it wrongly. */
final class AnswerMutants {
    private AnswerMutants() {}

    static Stream<Mutant> all() {
        return Stream.of(
                mutant(
                        "swaps the order",
                        "outcomesKeepTheOrderOfTheirRequests",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public List<Outcome> generateEach(List<GenerationRequest> requests) {
                                List<Outcome> outcomes = new ArrayList<>(super.generateEach(requests));
                                if (outcomes.size() > 1) {
                                    Collections.swap(outcomes, 0, 1);
                                }
                                return outcomes;
                            }
                        }),
                mutant(
                        "leaves the stop string",
                        "theStopStringThatEndsFirstEndsTheAnswerBeforeIt",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                return changed(
                                        request,
                                        completion -> withChoices(
                                                completion,
                                                choice -> choice.stopReason() instanceof StopReason.StopString stop
                                                        ? withText(choice, choice.text() + stop.text())
                                                        : choice));
                            }
                        }),
                mutant(
                        "streams the stop string",
                        "deltasHoldNothingOfAStopString",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                TokenListener listener = request.listener();
                                return changed(request, completion -> {
                                    if (listener != null
                                            && completion.choices().get(0).stopReason()
                                                    instanceof StopReason.StopString stop) {
                                        listener.onText(0, stop.text().substring(0, 1));
                                    }
                                    return completion;
                                });
                            }
                        }),
                mutant(
                        "uses one seed",
                        "equalPromptsOfOneListGetDifferentSamples",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                return super.submit(reseeded(request, 1));
                            }
                        }),
                mutant("records another seed", "aRecordedSeedReproducesItsCompletionAlone", options -> {
                    AtomicInteger calls = new AtomicInteger();
                    return new BrokenGenerator(BrokenGenerator.right(options)) {
                        @Override
                        public CompletableFuture<Completion> submit(GenerationRequest request) {
                            return super.submit(reseeded(request, calls.incrementAndGet()));
                        }
                    };
                }),
                mutant(
                        "gives one choice",
                        "nChoicesAreNAnswersToOnePrompt",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                SamplingParams one =
                                        request.params().toBuilder().n(1).build();
                                return right.submit(new GenerationRequest(request.prompt(), one, request.listener()));
                            }
                        }),
                mutant(
                        "counts a token too few",
                        "maxTokensCutsAnAnswerWithLength",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                return changed(
                                        request,
                                        of -> new Completion(
                                                of.model(),
                                                of.promptId(),
                                                of.choices(),
                                                Usage.of(
                                                        of.usage().promptTokens(),
                                                        of.usage().completionTokens() - 1),
                                                of.params(),
                                                of.seed(),
                                                of.attempts(),
                                                of.latency(),
                                                of.provenance()));
                            }
                        }),
                mutant(
                        "calls every end a stop",
                        "maxTokensCutsAnAnswerWithLength",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                return changed(
                                        request,
                                        completion -> withChoices(
                                                completion,
                                                choice -> new Choice(
                                                        choice.index(),
                                                        choice.text(),
                                                        choice.tokenIds(),
                                                        choice.logprobs(),
                                                        FinishReason.STOP,
                                                        choice.stopReason())));
                            }
                        }),
                mutant(
                        "loses a delta",
                        "deltasJoinToTheTextOfTheirChoice",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                TokenListener listener = request.listener();
                                AtomicInteger count = new AtomicInteger();
                                return super.submit(
                                        listener == null
                                                ? request
                                                : request.withListener((choice, delta) -> {
                                                    if (count.incrementAndGet() != 2) {
                                                        listener.onText(choice, delta);
                                                    }
                                                }));
                            }
                        }),
                mutant(
                        "loses the id",
                        "aCompletionSaysWhatWasReallyUsed",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                return right.submit(new GenerationRequest(
                                        request.prompt().withId(null), request.params(), request.listener()));
                            }
                        }),
                mutant("ignores a parameter", "aParameterIsTakenOrRefusedByName", BrokenGenerator::right));
    }

    private static GenerationRequest reseeded(GenerationRequest request, long seed) {
        return new GenerationRequest(request.prompt(), request.params().withSeed(seed), request.listener());
    }
}
