package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.QueueFullException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The requests that wait and those at work. Safe for concurrent use; its lock is held by its own few lines alone. */
final class FakeQueue {
    private final int concurrency;
    private final int maxQueued;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<FakeCall> waiting = new ArrayDeque<>();
    private final Deque<FakeCall> dropped = new ArrayDeque<>(); // cancelled while they waited
    private final List<FakeCall> live = new ArrayList<>();
    private int reserved;
    private boolean closed;

    FakeQueue(int concurrency, int maxQueued) {
        this.concurrency = concurrency;
        this.maxQueued = maxQueued;
    }

    /** Keeps a place for a request that {@link #add} brings. */
    void reserve() {
        lock.lock();
        try {
            requireOpen();
            // Counts all, so that it does not depend on how soon the other thread takes one.
            if (reserved + waiting.size() + live.size() >= concurrency + maxQueued) {
                throw new QueueFullException("The queue is full: maxQueued is " + maxQueued
                        + ". Submit fewer requests at once, or raise it.");
            }
            reserved++;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new GeneratorClosedException("This generator is closed; open a new one.");
        }
    }

    void add(FakeCall call) {
        lock.lock();
        try {
            reserved--;
            requireOpen();
            waiting.add(call);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do and moves what has room to {@code begun}; false once closed. */
    boolean await(List<FakeCall> begun) {
        lock.lock();
        try {
            while (!closed) {
                while (live.size() < concurrency && !waiting.isEmpty()) {
                    FakeCall call = waiting.remove();
                    live.add(call);
                    begun.add(call);
                }
                if (!begun.isEmpty() || !dropped.isEmpty() || live.stream().anyMatch(FakeCall::runnable)) {
                    return true;
                }
                changed.awaitUninterruptibly();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Looks again: a gate opened, or a caller cancelled. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a request that was cancelled while it waited, so that its place is free at once. */
    void drop(FakeCall call) {
        lock.lock();
        try {
            if (waiting.remove(call)) {
                dropped.add(call);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Nullable FakeCall nextDropped() {
        lock.lock();
        try {
            return dropped.poll();
        } finally {
            lock.unlock();
        }
    }

    void remove(FakeCall call) {
        lock.lock();
        try {
            live.remove(call);
            waiting.remove(call);
        } finally {
            lock.unlock();
        }
    }

    /** Those at work, then those that wait. */
    List<FakeCall> outstanding() {
        lock.lock();
        try {
            List<FakeCall> calls = new ArrayList<>(live);
            calls.addAll(waiting);
            return calls;
        } finally {
            lock.unlock();
        }
    }

    List<FakeCall> live() {
        lock.lock();
        try {
            return List.copyOf(live);
        } finally {
            lock.unlock();
        }
    }

    RecordingListener.Load load() {
        lock.lock();
        try {
            return new RecordingListener.Load(waiting.size(), live.size());
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
