package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.ManualGenerator.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FullQueueTest {
    @Test
    void aListNeverFillsTheQueue() {
        ManualGenerator generator = new ManualGenerator(4, 4);
        CompletableFuture<Void> answers = generator.answer(2_000, 7);
        assertThat(generator.generateEach(ManualGenerator.requests(2_000))).allMatch(Outcome.Success.class::isInstance);
        answers.join();
        assertThat(generator.refused()).isZero();
        assertThat(generator.mostOutstanding()).isEqualTo(4);
    }

    @Test
    void aListWaitsWhileOtherCallersFillTheQueue() {
        ManualGenerator generator = new ManualGenerator(4, 4);
        List<Call> foreign = List.of(generator.occupy(), generator.occupy(), generator.occupy(), generator.occupy());
        List<GenerationRequest> requests = ManualGenerator.requests(50);
        InThread<List<Outcome>> caller = InThread.call(() -> generator.generateEach(requests));
        while (generator.refused() < 3) { // it tries again though nothing of its own is in flight
            Thread.onSpinWait();
        }
        foreign.forEach(Call::answer);
        CompletableFuture<Void> answers = generator.answer(50, 7);
        assertThat(caller.result().value())
                .extracting(ManualGenerator::text)
                .isEqualTo(ManualGenerator.answers(requests));
        answers.join();
    }

    @Test
    void aSlowRequestOfItsOwnDoesNotHoldUpOneThatWasTurnedAway() {
        ManualGenerator generator = new ManualGenerator(2, 2);
        Call foreign = generator.occupy();
        InThread<List<Outcome>> caller = InThread.call(() -> generator.generateEach(ManualGenerator.requests(2)));
        Call slow = generator.take();
        while (generator.refused() == 0) {
            Thread.onSpinWait();
        }
        foreign.answer();
        generator.take().answer(); // comes although the slow one still runs
        slow.answer();
        assertThat(caller.result().value()).allMatch(Outcome.Success.class::isInstance);
    }

    @Test
    void twoListsShareASmallQueue() {
        ManualGenerator generator = new ManualGenerator(3, 3);
        CompletableFuture<Void> answers = generator.answer(400, 7);
        InThread<List<Outcome>> one = InThread.call(() -> generator.generateEach(ManualGenerator.requests(200)));
        InThread<List<Outcome>> two = InThread.call(() -> generator.generateEach(ManualGenerator.requests(200)));
        assertThat(one.result().value()).hasSize(200).allMatch(Outcome.Success.class::isInstance);
        assertThat(two.result().value()).hasSize(200).allMatch(Outcome.Success.class::isInstance);
        answers.join();
        assertThat(generator.mostOutstanding()).isEqualTo(3);
    }

    @Test
    void anInterruptEndsTheWaitForAFullQueue() {
        ManualGenerator generator = new ManualGenerator(1, 1);
        Call foreign = generator.occupy();
        InThread<List<Outcome>> caller = InThread.call(() -> generator.generateEach(ManualGenerator.requests(2)));
        while (generator.refused() == 0) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        assertThat(caller.result().value()).hasSize(2).allMatch(Outcome.Failure.class::isInstance);
        assertThat(foreign.future()).isNotDone();
    }

    @Test
    void aWindowBelowOneCountsAsOne() {
        ManualGenerator generator = new ManualGenerator(0, 1);
        CompletableFuture<Void> answers = generator.answer(3, 7);
        assertThat(generator.generateEach(ManualGenerator.requests(3))).allMatch(Outcome.Success.class::isInstance);
        answers.join();
    }
}
