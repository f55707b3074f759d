package io.github.ultrafeedback.testkit;

import static io.github.ultrafeedback.testkit.Mutant.mutant;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.ServerException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Generators that queue, cancel, close or report wrongly. */
final class LifecycleMutants {
    private LifecycleMutants() {}

    static Stream<Mutant> all() {
        return Stream.of(
                mutant(
                        "does not cancel",
                        "cancellingARunningRequestStopsItAndNoOther",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                CompletableFuture<Completion> inner = right.submit(request);
                                return inner.isDone() ? inner : inner.copy();
                            }
                        }),
                mutant(
                        "takes all into the queue",
                        "aFullQueueRefusesAtOnce",
                        options -> BrokenGenerator.right(GeneratorOptions.builder()
                                .listener(options.listener())
                                .build())),
                mutant(
                        "tells of a request that it turned away",
                        "aFullQueueRefusesAtOnce",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                CompletableFuture<Completion> future = right.submit(request);
                                if (future.isCompletedExceptionally()) {
                                    options.listener().submitted(request);
                                }
                                return future;
                            }
                        }),
                mutant(
                        "has too wide a window",
                        "manyPromptsPassThroughASmallQueueThatNeverFills",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public int window() {
                                return 256;
                            }
                        }),
                mutant(
                        "swallows what a token listener throws",
                        "aTokenListenerThatThrowsFailsItsOwnRequestAlone",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public CompletableFuture<Completion> submit(GenerationRequest request) {
                                TokenListener listener = request.listener();
                                return super.submit(
                                        listener == null
                                                ? request
                                                : request.withListener((choice, delta) -> {
                                                    try {
                                                        listener.onText(choice, delta);
                                                    } catch (Throwable e) {
                                                        return;
                                                    }
                                                }));
                            }
                        }),
                mutant(
                        "fails all with one",
                        "aFailingRequestLeavesTheOthersAlone",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public List<Outcome> generateEach(List<GenerationRequest> requests) {
                                List<Outcome> outcomes = super.generateEach(requests);
                                GenerationException down = new ServerException("down", null, Certainty.MAYBE_DONE);
                                return outcomes.stream().anyMatch(Outcome.Failure.class::isInstance)
                                        ? requests.stream()
                                                .map(request -> (Outcome) new Outcome.Failure(request.prompt(), down))
                                                .toList()
                                        : outcomes;
                            }
                        }),
                mutant(
                        "goes on when closed",
                        "closingEndsWhatIsQueuedAndRunning",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public void close() {}
                        }),
                mutant(
                        "works when closed",
                        "aClosedGeneratorRefusesAtOnceAndClosesAgain",
                        options -> new BrokenGenerator(BrokenGenerator.right(options)) {
                            @Override
                            public void close() {}
                        }),
                mutant(
                        "tells the end twice",
                        "eachRequestIsHeardInOrderAndEndsOnce",
                        options -> BrokenGenerator.right(GeneratorOptions.builder()
                                .maxQueued(options.maxQueued())
                                .listener(new Forwarding(options.listener()) {
                                    @Override
                                    public void finished(GenerationRequest request, Completion completion) {
                                        to.finished(request, completion);
                                        to.finished(request, completion);
                                    }
                                })
                                .build())),
                mutant(
                        "does not tell the start",
                        "eachRequestIsHeardInOrderAndEndsOnce",
                        options -> BrokenGenerator.right(GeneratorOptions.builder()
                                .maxQueued(options.maxQueued())
                                .listener(new Forwarding(options.listener()) {
                                    @Override
                                    public void started(GenerationRequest request) {}
                                })
                                .build())),
                mutant(
                        "never tells that it is idle",
                        "theLoadOfAnIdleGeneratorIsZero",
                        options -> BrokenGenerator.right(GeneratorOptions.builder()
                                .maxQueued(options.maxQueued())
                                .listener(new Forwarding(options.listener()) {
                                    @Override
                                    public void load(int queued, int inFlight) {
                                        to.load(queued, Math.max(1, inFlight));
                                    }
                                })
                                .build())),
                mutant("clears the interrupt", "anInterruptedCallerKeepsOneOutcomeForEachRequest", options -> {
                    AtomicBoolean interrupted = new AtomicBoolean();
                    return new BrokenGenerator(BrokenGenerator.right(options)) {
                        @Override
                        public List<Outcome> generateEach(List<GenerationRequest> requests) {
                            List<Outcome> outcomes = super.generateEach(requests);
                            interrupted.set(Thread.interrupted());
                            return outcomes;
                        }
                    };
                }));
    }

    /** Passes on what the contract shall hear, but for what a mutant changes. */
    private static class Forwarding implements GeneratorListener {
        final GeneratorListener to;

        Forwarding(GeneratorListener to) {
            this.to = to;
        }

        @Override
        public void submitted(GenerationRequest request) {
            to.submitted(request);
        }

        @Override
        public void started(GenerationRequest request) {
            to.started(request);
        }

        @Override
        public void firstToken(GenerationRequest request) {
            to.firstToken(request);
        }

        @Override
        public void finished(GenerationRequest request, Completion completion) {
            to.finished(request, completion);
        }

        @Override
        public void failed(GenerationRequest request, GenerationException cause) {
            to.failed(request, cause);
        }

        @Override
        public void load(int queued, int inFlight) {
            to.load(queued, inFlight);
        }
    }
}
