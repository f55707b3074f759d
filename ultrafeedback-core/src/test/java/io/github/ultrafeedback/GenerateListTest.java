package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ultrafeedback.ManualGenerator.Call;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.ServerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GenerateListTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void outcomesKeepTheOrderOfTheirRequests(long seed) {
        ManualGenerator generator = new ManualGenerator(16, Integer.MAX_VALUE);
        List<GenerationRequest> requests = ManualGenerator.requests(500);
        CompletableFuture<Void> answers = generator.answer(500, seed);
        assertThat(generator.generateEach(requests))
                .extracting(ManualGenerator::text)
                .isEqualTo(ManualGenerator.answers(requests));
        answers.join();
        assertThat(generator.mostOutstanding()).isEqualTo(16);
    }

    @Test
    void aSlowRequestDoesNotHoldUpTheRestOfItsList() {
        ManualGenerator generator = new ManualGenerator(2, Integer.MAX_VALUE);
        InThread<List<Outcome>> caller = InThread.call(() -> generator.generateEach(ManualGenerator.requests(100)));
        Call slow = generator.take();
        for (int i = 1; i < 100; i++) {
            generator.take().answer();
        }
        slow.answer();
        assertThat(caller.result().value()).hasSize(100).allMatch(Outcome.Success.class::isInstance);
    }

    @Test
    void anEmptyListHasNoAnswers() {
        assertThat(new ManualGenerator().generate(List.of())).isEmpty();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("a typed failure", () -> failed(new ServerException("down", null, Certainty.REFUSED)), "down"),
                failure("an untyped failure", () -> failed(new ArithmeticException("secret")), "ArithmeticException"),
                failure("a wrapped failure", () -> failed(new CompletionException(server())), "down"),
                failure("a failure wrapped twice", () -> failed(new CompletionException(wrapped())), "down"),
                failure("a wrap without a cause", () -> failed(new CompletionException(null)), "CompletionException"),
                failure("a cancelled dependent", () -> failed(new CompletionException(cancelled())), "Cancelled"),
                failure("a thrown failure", GenerateListTest::thrown, "down"),
                failure("null", () -> null, "NullPointerException"));
    }

    private static Arguments failure(String name, Supplier<CompletableFuture<Completion>> answer, String message) {
        return Arguments.of(name, answer, message);
    }

    private static CompletableFuture<Completion> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private static ServerException server() {
        return new ServerException("down", null, Certainty.REFUSED);
    }

    private static CompletionException wrapped() {
        return new CompletionException(server());
    }

    private static CancellationException cancelled() {
        return new CancellationException();
    }

    private static CompletableFuture<Completion> thrown() {
        throw server();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aFailingPromptLeavesTheOthersAlone(
            String name, Supplier<CompletableFuture<Completion>> answer, String message) {
        List<GenerationRequest> requests = ManualGenerator.requests(5);
        SubmittingGenerator generator = new SubmittingGenerator(request -> request.equals(requests.get(2))
                ? answer.get()
                : CompletableFuture.completedFuture(ManualGenerator.completion(request)));
        List<Outcome> outcomes = generator.generateEach(requests);
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
            assertThat(failure.prompt()).isSameAs(requests.get(2).prompt());
            assertThat(failure.cause()).hasMessageContaining(message).hasMessageNotContaining("secret");
        });
        assertThat(outcomes)
                .extracting(Outcome.Success.class::isInstance)
                .containsExactly(true, true, false, true, true);
    }

    @Test
    void theFailureOfAListHoldsEveryOutcome() {
        List<Prompt> prompts =
                IntStream.range(0, 4).mapToObj(i -> Prompt.of("question " + i)).toList();
        GenerationException refused = new ServerException("down", null, Certainty.REFUSED);
        GenerationException lost = new GenerationException("lost", false, Certainty.MAYBE_DONE);
        SubmittingGenerator generator = new SubmittingGenerator(request -> {
            int i = prompts.indexOf(request.prompt());
            return i % 2 == 0
                    ? CompletableFuture.completedFuture(ManualGenerator.completion(request))
                    : CompletableFuture.failedFuture(i == 1 ? refused : lost);
        });
        GenerationBatchException failure =
                catchThrowableOfType(GenerationBatchException.class, () -> generator.generate(prompts));
        assertThat(failure.outcomes()).hasSize(4);
        assertThat(failure.completions())
                .extracting(Completion::text)
                .containsExactly("answer to question 0", "answer to question 2");
        assertThat(failure.outcomes().get(1)).isEqualTo(new Outcome.Failure(prompts.get(1), refused));
        assertThat(failure.outcomes().get(3)).isEqualTo(new Outcome.Failure(prompts.get(3), lost));
        assertThat(failure)
                .hasCause(refused)
                .hasMessageContaining("2 of 4 prompts failed")
                .hasMessageContaining("ServerException: down")
                .hasMessageNotContaining("question");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.certainty()).isEqualTo(Certainty.MAYBE_DONE);
    }

    @Test
    void aBatchFailureNeedsAFailure() {
        assertThatThrownBy(() -> new GenerationBatchException(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one failure");
    }

    @Test
    void anInterruptCancelsWhatIsOutstandingAndKeepsWhatIsFinished() {
        ManualGenerator generator = new ManualGenerator(3, Integer.MAX_VALUE);
        List<GenerationRequest> requests = ManualGenerator.requests(10);
        InThread<List<Outcome>> caller = InThread.call(() -> generator.generateEach(requests));
        List<Call> calls = generator.take(3);
        calls.get(1).answer();
        Call fourth = generator.take();
        caller.interrupt();
        InThread.Result<List<Outcome>> result = caller.result();
        assertThat(result.interrupted()).isTrue();
        assertThat(result.value()).hasSize(10);
        assertThat(ManualGenerator.text(result.value().get(1))).isEqualTo("answer to question 1");
        assertThat(List.of(calls.get(0), calls.get(2), fourth))
                .allMatch(call -> call.future().isCancelled());
        for (int i = 0; i < 10; i++) {
            Certainty expected = i < 4 ? Certainty.MAYBE_DONE : Certainty.NOT_SENT;
            if (i != 1) {
                assertThat(result.value().get(i))
                        .isInstanceOfSatisfying(
                                Outcome.Failure.class,
                                failure -> assertThat(failure.cause())
                                        .isInstanceOf(GenerationCancelledException.class)
                                        .extracting(GenerationException::certainty)
                                        .isEqualTo(expected));
            }
        }
    }

    @Test
    void anInterruptStopsAGeneratorThatWorksWithinSubmit() {
        AtomicInteger submitted = new AtomicInteger();
        SubmittingGenerator generator = new SubmittingGenerator(request -> {
            if (submitted.incrementAndGet() == 3) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(ManualGenerator.completion(request));
        });
        List<Outcome> outcomes = new ArrayList<>();
        assertThat(InThread.leavesInterrupted(
                        () -> outcomes.addAll(generator.generateEach(ManualGenerator.requests(100)))))
                .isTrue();
        assertThat(submitted).hasValue(3);
        assertThat(outcomes).hasSize(100);
        assertThat(outcomes.stream().filter(Outcome.Success.class::isInstance)).hasSize(3);
    }

    @Test
    void anInterruptAfterTheLastAnswerIsNoFailure() {
        SubmittingGenerator generator = new SubmittingGenerator(request -> {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedFuture(ManualGenerator.completion(request));
        });
        List<Completion> completions = new ArrayList<>();
        assertThat(InThread.leavesInterrupted(() -> completions.addAll(generator.generate(List.of(Prompt.of("a"))))))
                .isTrue();
        assertThat(completions).hasSize(1);
    }

    @Test
    void aFutureThatCannotBeCancelledDoesNotHoldAnInterruptedCaller() throws InterruptedException {
        CountDownLatch submitted = new CountDownLatch(2);
        SubmittingGenerator generator = new SubmittingGenerator(request -> {
            submitted.countDown();
            return new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    return false;
                }
            };
        });
        InThread<List<Outcome>> caller = InThread.call(() -> generator.generateEach(ManualGenerator.requests(2)));
        assertThat(submitted.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        assertThat(caller.result().value()).hasSize(2).allMatch(Outcome.Failure.class::isInstance);
    }

    @Test
    void nullIsRefusedBeforeAnythingIsAsked() {
        SubmittingGenerator generator = new SubmittingGenerator(request -> {
            throw new AssertionError("asked");
        });
        List<Prompt> prompts = Arrays.asList(Prompt.of("a"), null);
        assertThatThrownBy(() -> generator.generate(prompts)).isInstanceOf(NullPointerException.class);
        List<GenerationRequest> requests = Arrays.asList(GenerationRequest.of(Prompt.of("a")), null);
        assertThatThrownBy(() -> generator.generateEach(requests)).isInstanceOf(NullPointerException.class);
    }
}
