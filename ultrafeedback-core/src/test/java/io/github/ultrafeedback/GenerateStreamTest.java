package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.ManualGenerator.Call;
import io.github.ultrafeedback.error.GenerationCancelledException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GenerateStreamTest {
    private final AtomicInteger read = new AtomicInteger();
    private final List<Outcome> heard = new ArrayList<>();

    /** Requests that are made when they are read. */
    private Iterable<GenerationRequest> input(int count, Consumer<Integer> beforeRead) {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return read.get() < count;
            }

            @Override
            public GenerationRequest next() {
                beforeRead.accept(read.get());
                return GenerationRequest.of(Prompt.of("question " + read.getAndIncrement()));
            }
        };
    }

    private static SubmittingGenerator instant() {
        return new SubmittingGenerator(
                request -> CompletableFuture.completedFuture(ManualGenerator.completion(request)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void outcomesComeInTheOrderOfTheInputOnTheCallingThread(long seed) {
        ManualGenerator generator = new ManualGenerator(16, 16);
        CompletableFuture<Void> answers = generator.answer(500, seed);
        Thread caller = Thread.currentThread();
        generator.generate(input(500, i -> {}), outcome -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            heard.add(outcome);
        });
        answers.join();
        assertThat(heard)
                .extracting(ManualGenerator::text)
                .isEqualTo(ManualGenerator.answers(ManualGenerator.requests(500)));
        assertThat(generator.refused()).isZero();
    }

    @Test
    void theInputIsReadAsRoomBecomesFree() {
        ManualGenerator generator = new ManualGenerator(4, 4);
        InThread<Boolean> caller = InThread.call(() -> {
            generator.generate(input(100, i -> {}), heard::add);
            return true;
        });
        List<Call> first = generator.take(4);
        assertThat(read).hasValue(4);
        first.get(0).answer();
        Call fifth = generator.take();
        assertThat(read).hasValue(5);
        first.subList(1, 4).forEach(Call::answer);
        fifth.answer();
        generator.answer(95, 7).join();
        assertThat(caller.result().value()).isTrue();
        assertThat(heard).hasSize(100);
    }

    @Test
    void whatIsHeldBehindASlowAnswerIsBounded() {
        ManualGenerator generator = new ManualGenerator(4, 4);
        InThread<Boolean> caller = InThread.call(() -> {
            generator.generate(input(1_000, i -> {}), heard::add);
            return true;
        });
        Call slow = generator.take();
        for (int i = 1; i < 8 * 4; i++) {
            generator.take().answer();
        }
        assertThat(read).hasValue(8 * 4); // eight windows, and no request more while the first answer is missing
        slow.answer();
        generator.answer(1_000 - 8 * 4, 7).join();
        assertThat(caller.result().value()).isTrue();
        assertThat(heard).hasSize(1_000);
    }

    @Test
    void aLongInputNeedsNoMoreMemoryThanAShortOne() {
        AtomicInteger handedOver = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        instant()
                .generate(
                        input(100_000, i -> most.accumulateAndGet(i - handedOver.get(), Math::max)),
                        outcome -> handedOver.incrementAndGet());
        assertThat(handedOver).hasValue(100_000);
        assertThat(most.get()).isLessThanOrEqualTo(8 * 256);
    }

    @Test
    void aSinkThatThrowsCancelsWhatIsOutstanding() {
        ManualGenerator generator = new ManualGenerator(4, 4);
        InThread<Throwable> caller = InThread.call(() -> catchFrom(() -> generator.generate(input(100, i -> {}), o -> {
            throw new IllegalStateException("disk full");
        })));
        List<Call> calls = generator.take(4);
        calls.get(0).answer();
        assertThat(caller.result().value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk full");
        assertThat(calls.subList(1, 4)).allMatch(call -> call.future().isCancelled());
        assertThat(read.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void whatWasReadIsAnsweredBeforeAFailureOfTheInputGoesOn() {
        assertThatThrownBy(() -> instant().generate(input(100, i -> fail(i == 7)), heard::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("line 8 is broken");
        assertThat(heard).hasSize(7).allMatch(Outcome.Success.class::isInstance);
    }

    private static void fail(boolean now) {
        if (now) {
            throw new IllegalStateException("line 8 is broken");
        }
    }

    @Test
    void nullInTheInputFailsAfterWhatWasReadIsAnswered() {
        List<GenerationRequest> requests = ManualGenerator.requests(3);
        requests.set(2, null);
        assertThatThrownBy(() -> instant().generate(requests, heard::add))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("requests must not hold null");
        assertThat(heard).hasSize(2);
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without a checker may do
    void nullArgumentsAreRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> instant().generate(input(1, i -> {}), null)).isInstanceOf(NullPointerException.class);
        assertThat(read).hasValue(0);
    }

    @Test
    void anInterruptHandsOverAllThatWasRead() {
        ManualGenerator generator = new ManualGenerator(3, 3);
        List<Boolean> flags = new ArrayList<>();
        InThread<Throwable> caller = InThread.call(() -> catchFrom(() -> generator.generate(input(100, i -> {}), o -> {
            flags.add(Thread.currentThread().isInterrupted());
            heard.add(o);
        })));
        List<Call> calls = generator.take(3);
        calls.get(1).answer();
        Call fourth = generator.take();
        caller.interrupt();
        assertThat(caller.result().value()).isInstanceOf(GenerationCancelledException.class);
        assertThat(caller.result().interrupted()).isTrue();
        assertThat(heard).extracting(Outcome.Success.class::isInstance).containsExactly(false, true, false, false);
        assertThat(flags).containsOnly(false); // a sink that writes to a channel would lose the channel to the flag
        assertThat(fourth.future()).isCancelled();
        assertThat(read).hasValue(4);
    }

    @Test
    void aRequestThatWasReadAheadHasAnOutcomeToo() {
        Iterable<GenerationRequest> input = input(100, i -> {
            if (i == 2) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(InThread.leavesInterrupted(() -> assertThatThrownBy(
                                () -> instant().generate(input, heard::add))
                        .isInstanceOf(GenerationCancelledException.class)))
                .isTrue();
        assertThat(heard).hasSize(read.get()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void anInputThatFailsWhileTheCallerIsInterruptedKeepsItsException() {
        Iterable<GenerationRequest> input = input(100, i -> {
            if (i == 2) {
                Thread.currentThread().interrupt(); // as a channel does that an interrupt closes
                throw new IllegalStateException("the file was closed");
            }
        });
        InThread<Throwable> caller = InThread.call(() -> catchFrom(() -> new ManualGenerator(3, 3) // never answers
                .generate(input, heard::add)));
        assertThat(caller.result().value()).isInstanceOf(GenerationCancelledException.class);
        assertThat(caller.result().value().getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("the file was closed");
        assertThat(heard).hasSize(2);
    }

    @Test
    void anInputThatFailedBeforeTheSinkDidKeepsItsException() {
        Throwable thrown = catchFrom(() -> instant().generate(input(100, i -> fail(i == 7)), outcome -> {
            throw new IllegalStateException("disk full");
        }));
        assertThat(thrown).hasMessage("disk full");
        assertThat(thrown.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("line 8 is broken");
    }

    @Test
    void theFlagStaysSetThoughTheSinkThrowsWhileAnInterruptIsServed() {
        ManualGenerator generator = new ManualGenerator(3, 3);
        InThread<Throwable> caller = InThread.call(() -> catchFrom(() -> generator.generate(input(100, i -> {}), o -> {
            throw new IllegalStateException("disk full");
        })));
        generator.take(3);
        caller.interrupt();
        assertThat(caller.result().value()).isInstanceOf(IllegalStateException.class);
        assertThat(caller.result().interrupted()).isTrue();
    }

    private static Throwable catchFrom(Runnable work) {
        try {
            work.run();
            return new AssertionError("nothing was thrown");
        } catch (RuntimeException e) {
            return e;
        }
    }
}
