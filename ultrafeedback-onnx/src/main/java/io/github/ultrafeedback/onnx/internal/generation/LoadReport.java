package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.GeneratorListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Tells a listener how many requests wait and how many are at work. One thread at a time does so, or two could overtake
 * each other on the way to the listener; it tells what changed meanwhile too, so that the others need not wait.
 * Thread-safe.
 */
public final class LoadReport {
    private final AtomicInteger asked = new AtomicInteger(); // and not told yet

    /** A report that nobody has asked for yet. */
    public LoadReport() {}

    /**
     * A moment's numbers.
     *
     * @param queued requests that wait
     * @param inFlight requests at work
     */
    public record Load(int queued, int inFlight) {}

    /**
     * Tells the load, or leaves it to whoever is at it.
     *
     * @param listener who hears; must not throw
     * @param now gives the numbers at the moment it is asked
     */
    public void tell(GeneratorListener listener, Supplier<Load> now) {
        int due = asked.incrementAndGet() == 1 ? 1 : 0;
        while (due != 0) {
            Load load = now.get();
            listener.load(load.queued(), load.inFlight());
            due = asked.addAndGet(-due);
        }
    }
}
