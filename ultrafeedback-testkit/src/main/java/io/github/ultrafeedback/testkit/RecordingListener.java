package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.error.GenerationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps all that a generator tells its listener, for a test to look at and to wait for. Safe for concurrent use. */
public final class RecordingListener implements GeneratorListener {
    private final List<Event> events = new ArrayList<>();
    private final IdentityHashMap<GenerationRequest, List<Kind>> kinds = new IdentityHashMap<>();
    private final List<Load> loads = new ArrayList<>();
    private int ended;

    /** What was heard. */
    public enum Kind {
        /** The request was handed in. */
        SUBMITTED,
        /** The request left the queue. */
        STARTED,
        /** The first token is there. */
        FIRST_TOKEN,
        /** The request will be tried again. */
        RETRIED,
        /** The request was answered. */
        FINISHED,
        /** The request failed or was cancelled. */
        FAILED;

        /**
         * Whether nothing more may be heard of the request.
         *
         * @return true for finished and failed
         */
        public boolean end() {
            return this == FINISHED || this == FAILED;
        }
    }

    /**
     * One event of one request.
     *
     * @param kind what happened
     * @param request the request
     * @param cause why it failed or is tried again; null for all else
     */
    public record Event(
            Kind kind, GenerationRequest request, @Nullable GenerationException cause) {}

    /**
     * The load that was heard.
     *
     * @param queued requests that waited
     * @param inFlight requests at work
     */
    public record Load(int queued, int inFlight) {
        /** Nothing waits and nothing is at work. */
        public static final Load NONE = new Load(0, 0);
    }

    /** Starts with nothing heard. */
    public RecordingListener() {}

    @Override
    public void submitted(GenerationRequest request) {
        add(new Event(Kind.SUBMITTED, request, null));
    }

    @Override
    public void started(GenerationRequest request) {
        add(new Event(Kind.STARTED, request, null));
    }

    @Override
    public void firstToken(GenerationRequest request) {
        add(new Event(Kind.FIRST_TOKEN, request, null));
    }

    @Override
    public void finished(GenerationRequest request, Completion completion) {
        add(new Event(Kind.FINISHED, request, null));
    }

    @Override
    public void failed(GenerationRequest request, GenerationException cause) {
        add(new Event(Kind.FAILED, request, cause));
    }

    @Override
    public void retried(GenerationRequest request, int attempt, Duration delay, GenerationException cause) {
        add(new Event(Kind.RETRIED, request, cause));
    }

    @Override
    public synchronized void load(int queued, int inFlight) {
        loads.add(new Load(queued, inFlight));
        notifyAll();
    }

    private synchronized void add(Event event) {
        events.add(event);
        kinds.computeIfAbsent(event.request(), request -> new ArrayList<>()).add(event.kind());
        ended += event.kind().end() ? 1 : 0;
        notifyAll();
    }

    /**
     * All events of requests.
     *
     * @return a copy, in the order in which they were heard
     */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /**
     * What was heard of one request.
     *
     * @param request the very object that was handed in
     * @return a copy, in order; empty if nothing was heard
     */
    public synchronized List<Kind> kinds(GenerationRequest request) {
        return List.copyOf(kinds.getOrDefault(request, List.of()));
    }

    /**
     * All requests that were handed in.
     *
     * @return a copy, in order
     */
    public synchronized List<GenerationRequest> requests() {
        return events.stream()
                .filter(event -> event.kind() == Kind.SUBMITTED)
                .map(Event::request)
                .toList();
    }

    /**
     * How many ends were heard.
     *
     * @return the number of finished and failed events
     */
    public synchronized int ended() {
        return ended;
    }

    /**
     * All loads that were heard.
     *
     * @return a copy, in order
     */
    public synchronized List<Load> loads() {
        return List.copyOf(loads);
    }

    /**
     * The load that was heard last.
     *
     * @return {@link Load#NONE} if none was heard
     */
    public synchronized Load lastLoad() {
        return loads.isEmpty() ? Load.NONE : loads.get(loads.size() - 1);
    }

    /**
     * Waits until the condition holds. It is asked after each event, so that nothing polls.
     *
     * @param timeout how long at most
     * @param condition what to wait for; asked with this listener, while it can hear nothing new
     * @return false if it did not hold within the time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public synchronized boolean await(Duration timeout, Predicate<RecordingListener> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.test(this)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return true;
    }
}
