package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.onnx.internal.generation.Job;
import io.github.ultrafeedback.onnx.internal.generation.LoadReport;
import io.github.ultrafeedback.onnx.internal.generation.LoadReport.Load;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait for the engine thread, first in first out, and the one it works on. A waiting job can leave early.
 * Thread-safe.
 */
final class JobQueue {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Job> waiting = new LinkedHashSet<>(); // a cancelled job leaves in constant time
    private final LoadReport reports = new LoadReport();
    private @Nullable Job running;
    private boolean closed;

    /** What became of an offer. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    JobQueue(int capacity) {
        this.capacity = capacity;
    }

    Offer offer(Job job) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (waiting.size() >= capacity) {
                return Offer.FULL;
            }
            waiting.add(job);
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a job; null once the queue is closed. */
    @Nullable Job take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                return null;
            }
            Iterator<Job> first = waiting.iterator();
            Job job = first.next();
            first.remove();
            running = job; // in the same step, so that close misses nobody
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** The engine thread has ended its job. */
    void release() {
        lock.lock();
        try {
            running = null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the job was still waiting. */
    boolean remove(Job job) {
        lock.lock();
        try {
            return waiting.remove(job);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more jobs. Returns what was waiting and what is at work. */
    List<Job> close() {
        lock.lock();
        try {
            closed = true;
            List<Job> left = new ArrayList<>(waiting);
            if (running != null) {
                left.add(running);
            }
            waiting.clear();
            changed.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Tells how many wait and how many are at work. */
    void report(GeneratorListener listener) {
        reports.tell(listener, this::load);
    }

    private Load load() {
        lock.lock();
        try {
            return new Load(waiting.size(), running == null ? 0 : 1);
        } finally {
            lock.unlock();
        }
    }
}
