package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.GeneratorListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests that wait and those at work, both bounded, first come first served. Thread-safe. */
final class JobQueue {
    private final int maxQueued;
    private final int maxInFlight;
    private final GeneratorListener listener;
    private final Set<Job> waiting = new LinkedHashSet<>(); // guarded by this, as are the next two
    private final Set<Job> running = new LinkedHashSet<>();
    private boolean closed;
    private final OneAtATime report = new OneAtATime(this::tell);

    /** What became of an offer. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    JobQueue(int maxQueued, int maxInFlight, GeneratorListener listener) {
        this.maxQueued = maxQueued;
        this.maxInFlight = maxInFlight;
        this.listener = listener;
    }

    /** Takes a job, unless as many wait as may; one that could begin at once does not wait. */
    synchronized Offer offer(Job job) {
        if (closed) {
            return Offer.CLOSED;
        }
        if (waiting.size() >= maxQueued) {
            return Offer.FULL;
        }
        waiting.add(job);
        return Offer.TAKEN;
    }

    /** Moves the next job to those at work; null if none may begin. */
    synchronized @Nullable Job take() {
        if (closed || waiting.isEmpty() || running.size() >= maxInFlight) {
            return null;
        }
        Iterator<Job> first = waiting.iterator();
        Job job = first.next();
        first.remove();
        running.add(job);
        return job;
    }

    /** Forgets a job; returns whether it was still waiting. */
    synchronized boolean remove(Job job) {
        running.remove(job);
        return waiting.remove(job);
    }

    /** All that wait and are at work. */
    synchronized List<Job> jobs() {
        List<Job> jobs = new ArrayList<>(waiting);
        jobs.addAll(running);
        return jobs;
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Takes no more; returns what was left. */
    synchronized List<Job> close() {
        List<Job> left = jobs();
        closed = true;
        waiting.clear();
        running.clear();
        return left;
    }

    private synchronized int[] load() {
        return new int[] {waiting.size(), running.size()};
    }

    /** Tells the load. One thread at a time does, so that the last one told is the last one there was. */
    void report() {
        report.run();
    }

    private void tell() {
        int[] load = load();
        listener.load(load[0], load[1]);
    }
}
