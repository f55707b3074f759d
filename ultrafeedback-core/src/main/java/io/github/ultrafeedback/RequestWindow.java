package io.github.ultrafeedback;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.QueueFullException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a window of requests in flight and hands their outcomes over in the order of the requests. Used once, by one
 * thread; the threads that complete futures touch only the two counters.
 */
final class RequestWindow {
    // How long to wait where other callers fill the queue, before a request is handed in again.
    private static final long RESUBMIT_MILLIS = 20;

    private final Generator generator;
    private final int maxInFlight;
    private final int maxHeld;
    private final Deque<Entry> held = new ArrayDeque<>();
    private @Nullable Entry turnedAway; // the last of those held, where the queue had no room for it
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Semaphore progress = new Semaphore(0);

    /** A request that has no outcome handed over yet. Its future is null while the queue has no room for it. */
    private static final class Entry {
        private final GenerationRequest request;
        private @Nullable CompletableFuture<Completion> future;

        Entry(GenerationRequest request) {
            this.request = request;
        }

        boolean done() {
            return future != null && future.isDone();
        }
    }

    /**
     * Takes how many requests may be in flight, and how many may be held in all: those in flight and those whose
     * outcome waits for a slower one before it.
     */
    RequestWindow(Generator generator, int maxInFlight, int maxHeld) {
        this.generator = generator;
        this.maxInFlight = Math.max(1, maxInFlight);
        this.maxHeld = Math.max(this.maxInFlight, maxHeld);
    }

    /**
     * Returns false if the thread was interrupted: the outcomes of all requests that were read are handed over then,
     * and the thread is interrupted still.
     */
    boolean run(RequestInput input, Consumer<Outcome> sink) {
        try {
            submitWhileRoom(input);
            handOver(sink);
            while (!held.isEmpty() || input.hasNext()) {
                awaitProgress();
                submitWhileRoom(input);
                handOver(sink);
            }
        } catch (InterruptedException e) {
            endEarly(input, sink);
            return false;
        } finally {
            cancelAll(); // anything is left only if the sink threw
        }
        input.rethrow();
        return true;
    }

    /** The flag stays down while the sink works, since one that writes to a channel would lose the channel to it. */
    private void endEarly(RequestInput input, Consumer<Outcome> sink) {
        try {
            cancelAll();
            if (input.isAhead()) {
                held.add(new Entry(input.next()));
            }
            while (!held.isEmpty()) {
                sink.accept(outcome(held.remove()));
            }
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private void submitWhileRoom(RequestInput input) {
        if (turnedAway != null && !submit(turnedAway)) {
            return;
        }
        turnedAway = null;
        while (hasRoom() && input.hasNext()) {
            Entry entry = new Entry(input.next());
            held.add(entry);
            if (!submit(entry)) {
                turnedAway = entry;
                return;
            }
        }
    }

    /** An interrupt ends reading too: a generator that works within {@code submit} would not be stopped otherwise. */
    private boolean hasRoom() {
        return inFlight.get() < maxInFlight
                && held.size() < maxHeld
                && !Thread.currentThread().isInterrupted();
    }

    /** Returns false if the queue is full. */
    private boolean submit(Entry entry) {
        CompletableFuture<Completion> future;
        try {
            future = Objects.requireNonNull(generator.submit(entry.request), "submit returned null");
        } catch (RuntimeException e) { // a backend that throws owes a failed future
            future = CompletableFuture.failedFuture(e);
        }
        if (future.isCompletedExceptionally() && failure(future) instanceof QueueFullException) {
            return false;
        }
        entry.future = future;
        inFlight.incrementAndGet();
        CompletableFuture<?> unused = future.whenComplete((completion, failure) -> {
            inFlight.decrementAndGet();
            progress.release();
        });
        return true;
    }

    private void handOver(Consumer<Outcome> sink) {
        while (!held.isEmpty() && held.peek().done()) {
            sink.accept(outcome(held.remove()));
        }
    }

    private void awaitProgress() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        // Permits of outcomes that are handed over already: whoever drains them looks at the futures again.
        if (progress.drainPermits() > 0 || held.isEmpty()) {
            return;
        }
        if (turnedAway == null) {
            progress.acquire();
        } else {
            boolean unused = progress.tryAcquire(RESUBMIT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void cancelAll() {
        for (Entry entry : held) {
            if (entry.future != null) {
                entry.future.cancel(true);
            }
        }
    }

    private static Outcome outcome(Entry entry) {
        CompletableFuture<Completion> future = entry.future;
        if (future == null) {
            return new Outcome.Failure(entry.request.prompt(), interrupted(Certainty.NOT_SENT));
        }
        if (!future.isDone()) { // one that cannot be cancelled
            return new Outcome.Failure(entry.request.prompt(), interrupted(Certainty.MAYBE_DONE));
        }
        Throwable failure = failure(future);
        return failure == null
                ? new Outcome.Success(future.join())
                : new Outcome.Failure(entry.request.prompt(), typed(failure));
    }

    private static @Nullable Throwable failure(CompletableFuture<Completion> future) {
        Throwable failure;
        try {
            future.join();
            return null;
        } catch (CancellationException | CompletionException e) {
            failure = e;
        }
        while (failure instanceof CompletionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure instanceof CancellationException ? interrupted(Certainty.MAYBE_DONE) : failure;
    }

    private static GenerationException typed(Throwable failure) {
        return failure instanceof GenerationException known
                ? known
                : new GenerationException(
                        "The backend failed with " + failure.getClass().getName()
                                + ", which is not a GenerationException; see the cause and report it to its authors.",
                        failure,
                        false,
                        Certainty.MAYBE_DONE);
    }

    static GenerationCancelledException interrupted(Certainty certainty) {
        return new GenerationCancelledException(
                "Cancelled before the answer was there; submit the prompt again.", certainty);
    }
}
