package io.github.ultrafeedback.micrometer;

import io.github.ultrafeedback.GenerationRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;

/**
 * When the requests at work were handed in and begun, in nanoseconds. Requests are told apart by identity. One that is
 * handed in several times at once counts as often; its times may be exchanged among these, but none is lost. Safe for
 * concurrent use.
 */
final class RequestTimes {
    private final IdentityHashMap<GenerationRequest, Deque<Times>> requests = new IdentityHashMap<>();

    private static final class Times {
        private final long submitted;
        private long started;
        private boolean atWork;

        Times(long submitted) {
            this.submitted = submitted;
        }
    }

    synchronized void submitted(GenerationRequest request, long now) {
        requests.computeIfAbsent(request, unused -> new ArrayDeque<>(1)).addLast(new Times(now));
    }

    /** Nanoseconds that the request waited. */
    synchronized long started(GenerationRequest request, long now) {
        for (Times times : requests.getOrDefault(request, new ArrayDeque<>(0))) {
            if (!times.atWork) {
                times.atWork = true;
                times.started = now;
                return now - times.submitted;
            }
        }
        return 0;
    }

    /** Nanoseconds since work on the request began. */
    synchronized long atWork(GenerationRequest request, long now) {
        Deque<Times> all = requests.get(request);
        return all == null ? 0 : age(all.getFirst(), now);
    }

    /** Forgets the request. Nanoseconds since work on it began, or since it was handed in if it never began. */
    synchronized long ended(GenerationRequest request, long now) {
        Deque<Times> all = requests.get(request);
        return all == null ? 0 : age(take(request, all, true), now);
    }

    /** Forgets a request that was not taken, as if it had not been handed in. */
    synchronized void turnedAway(GenerationRequest request) {
        Deque<Times> all = requests.get(request);
        if (all != null) {
            take(request, all, false);
        }
    }

    /** How many requests are known; one that was handed in several times counts once. */
    synchronized int size() {
        return requests.size();
    }

    private Times take(GenerationRequest request, Deque<Times> all, boolean oldest) {
        Times times = oldest ? all.removeFirst() : all.removeLast();
        if (all.isEmpty()) {
            requests.remove(request);
        }
        return times;
    }

    private static long age(Times times, long now) {
        return now - (times.atWork ? times.started : times.submitted);
    }
}
