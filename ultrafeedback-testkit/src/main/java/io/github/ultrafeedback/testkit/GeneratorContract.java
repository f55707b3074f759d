package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every backend owes, a test a promise. Extend it in a test class of the backend, say how a generator is opened,
 * and override what does not fit; the tests themselves are fixed.
 *
 * <pre>{@code
 * final class MyGeneratorContractTest extends GeneratorContract {
 *     protected Generator open(GeneratorOptions options) {
 *         return new MyGenerator(options);
 *     }
 * }
 * }</pre>
 *
 * <p>Each test opens a generator of its own, so take the smallest model there is. Waits have generous limits; no test
 * passes or fails by who is faster.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class GeneratorContract {
    /** For subclasses. */
    protected GeneratorContract() {}

    /**
     * Opens a generator.
     *
     * @param options what it must heed: the bound of the queue and the listener
     * @return a new generator, which the test closes
     */
    protected abstract Generator open(GeneratorOptions options);

    /**
     * A short prompt that the model answers.
     *
     * @param index which one; another index gives another prompt
     * @return a prompt without an id
     */
    protected Prompt prompt(int index) {
        return Prompt.of("Tell me about number " + index + ".");
    }

    /**
     * Parameters under which each answer has exactly this many tokens.
     *
     * @param tokens how many
     * @return by default {@code ignoreEos} and {@code maxTokens}
     */
    protected SamplingParams exactly(int tokens) {
        return SamplingParams.builder().ignoreEos(true).maxTokens(tokens).build();
    }

    /** {@return whether listeners of requests hear text before the answer is complete; true by default} */
    protected boolean streams() {
        return true;
    }

    /** {@return whether the same seed gives the same tokens and another seed others; true by default} */
    protected boolean reproducible() {
        return true;
    }

    /** {@return the fields of {@link SamplingParams} that the backend refuses; none by default} */
    protected Set<String> unsupported() {
        return Set.of();
    }

    /** {@return a request that fails alone, such as one that is too long; by default its listener is made to throw} */
    protected Optional<GenerationRequest> failingRequest() {
        return Optional.empty();
    }

    /** {@return how many tokens an answer has that takes long; they must fit the context; 400 by default} */
    protected int longTokens() {
        return 400;
    }

    /** {@return how many prompts pass through a small window; 2,000 by default} */
    protected int manyPrompts() {
        return 2_000;
    }

    /** {@return how many long requests surely fill a queue of two, those at work included; 64 by default} */
    protected int requestsToFillQueue() {
        return 64;
    }

    /** {@return how long to wait for anything before the test fails; a minute by default} */
    protected Duration timeout() {
        return Duration.ofMinutes(1);
    }

    @Test
    final void anEmptyListHasNoOutcomes() {
        new ListChecks(this).emptyList();
    }

    @Test
    final void outcomesKeepTheOrderOfTheirRequests() {
        new ListChecks(this).order();
    }

    @Test
    final void aFailingRequestLeavesTheOthersAlone() {
        new ListChecks(this).isolation();
    }

    @Test
    final void manyPromptsPassThroughASmallQueueThatNeverFills() {
        new ListChecks(this).smallQueue();
    }

    @Test
    final void concurrentCallersGetWhatTheyWouldGetAlone() {
        new ListChecks(this).concurrentCallers();
    }

    @Test
    final void anInterruptedCallerKeepsOneOutcomeForEachRequest() {
        new ListChecks(this).interrupt();
    }

    @Test
    final void aCompletionSaysWhatWasReallyUsed() {
        new AnswerChecks(this).facts();
    }

    @Test
    final void maxTokensCutsAnAnswerWithLength() {
        new AnswerChecks(this).maxTokens();
    }

    @Test
    final void nChoicesAreNAnswersToOnePrompt() {
        new AnswerChecks(this).choices();
    }

    @Test
    final void aParameterIsTakenOrRefusedByName() {
        new AnswerChecks(this).parameters();
    }

    @Test
    final void aRecordedSeedReproducesItsCompletionAlone() {
        new AnswerChecks(this).seedAlone();
    }

    @Test
    final void equalPromptsOfOneListGetDifferentSamples() {
        new AnswerChecks(this).equalPrompts();
    }

    @Test
    final void theStopStringThatEndsFirstEndsTheAnswerBeforeIt() {
        new StopChecks(this).stops(false);
    }

    @Test
    final void aStopStringStaysWhereItIsAskedFor() {
        new StopChecks(this).stops(true);
    }

    @Test
    final void aStopStringThatTheLastTokenCompletesIsAStop() {
        new StopChecks(this).lastToken();
    }

    @Test
    final void deltasJoinToTheTextOfTheirChoice() {
        new StreamChecks(this).deltas();
    }

    @Test
    final void deltasHoldNothingOfAStopString() {
        new StreamChecks(this).stop();
    }

    @Test
    final void aTokenListenerThatThrowsFailsItsOwnRequestAlone() {
        new StreamChecks(this).throwingListener();
    }

    @Test
    final void cancellingARunningRequestStopsItAndNoOther() {
        new LifecycleChecks(this).cancelRunning();
    }

    @Test
    final void cancellingAWaitingRequestStopsItAndNoOther() {
        new LifecycleChecks(this).cancelWaiting();
    }

    @Test
    final void aFullQueueRefusesAtOnce() {
        new LifecycleChecks(this).fullQueue();
    }

    @Test
    final void closingEndsWhatIsQueuedAndRunning() {
        new LifecycleChecks(this).closeWhileBusy();
    }

    @Test
    final void aClosedGeneratorRefusesAtOnceAndClosesAgain() {
        new LifecycleChecks(this).closed();
    }

    @Test
    final void eachRequestIsHeardInOrderAndEndsOnce() {
        new EventChecks(this).order();
    }

    @Test
    final void theLoadOfAnIdleGeneratorIsZero() {
        new EventChecks(this).load();
    }

    @Test
    final void aGeneratorListenerThatThrowsChangesNothing() {
        new EventChecks(this).throwingListener();
    }
}
