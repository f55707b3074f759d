package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.onnx.internal.generation.LoadReport;
import io.github.ultrafeedback.onnx.internal.generation.LoadReport.Load;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls that wait for the engine, first in first out, and those that it works on. A call leaves from either when it
 * ends. Thread-safe.
 */
final class Inbox {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Call> waiting = new LinkedHashSet<>(); // one that is cancelled leaves in constant time
    private final Set<Call> running = new LinkedHashSet<>();
    private final LoadReport reports = new LoadReport();
    private boolean closed;

    /** What became of an offer. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    Offer offer(Call call) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (waiting.size() >= capacity) {
                return Offer.FULL;
            }
            waiting.add(call);
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** The next calls, at most so many: they wait no longer. */
    List<Call> take(int most) {
        lock.lock();
        try {
            List<Call> taken = new ArrayList<>();
            Iterator<Call> first = waiting.iterator();
            while (taken.size() < most && first.hasNext()) {
                taken.add(first.next());
                first.remove();
            }
            running.addAll(taken); // in the same step, so that close misses nobody
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until a call waits. Returns false once it is closed and every call has ended. */
    boolean await() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !(closed && running.isEmpty())) {
                changed.awaitUninterruptibly();
            }
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** A call has ended. */
    void leave(Call call) {
        lock.lock();
        try {
            if (!waiting.remove(call)) {
                running.remove(call);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more calls. Those that are here go on; returns them. */
    List<Call> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            List<Call> left = new ArrayList<>(waiting);
            left.addAll(running);
            return left;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
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
            return new Load(waiting.size(), running.size());
        } finally {
            lock.unlock();
        }
    }
}
