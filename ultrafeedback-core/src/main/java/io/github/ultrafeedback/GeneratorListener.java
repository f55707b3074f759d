package io.github.ultrafeedback;

import io.github.ultrafeedback.error.GenerationException;
import java.time.Duration;

/**
 * Hears what a generator does, for metrics, logs and progress. Every method does nothing unless overridden.
 *
 * <p>Called by threads of the caller's and the backend's, several at once; it must return soon, and must neither close
 * the generator nor wait for another thread. What it throws is logged and goes no further. For one request the order
 * is: submitted; started; first token; then finished or failed, exactly once. Retries stand between started and the
 * end. A request that is refused at once hears submitted and failed; one that ends while it waits hears no started. One
 * that a full queue turns away hears nothing: it was not taken, and whoever hands it in again, as the list methods do,
 * is heard once, when there is room. The request is the very object that was handed in, so that requests can be told
 * apart by identity.
 */
public interface GeneratorListener {
    /** Hears nothing. */
    GeneratorListener NONE = new GeneratorListener() {};

    /**
     * Wraps a listener so that what it throws is logged and goes no further. {@link GeneratorOptions} does so with the
     * one it is given; a backend that takes a listener on another way calls this.
     *
     * @param listener the listener
     * @return a listener that never throws; the same one if it is safe already
     * @throws NullPointerException if {@code listener} is null
     */
    static GeneratorListener safe(GeneratorListener listener) {
        return SafeListener.of(listener);
    }

    /**
     * The generator took a request, or refused it for another reason than a full queue.
     *
     * @param request the request
     */
    default void submitted(GenerationRequest request) {}

    /**
     * Work on a request began: it left the queue.
     *
     * @param request the request
     */
    default void started(GenerationRequest request) {}

    /**
     * The first token of a request is there. Not called by a backend that sees whole answers only.
     *
     * @param request the request
     */
    default void firstToken(GenerationRequest request) {}

    /**
     * A request was answered.
     *
     * @param request the request
     * @param completion the answer
     */
    default void finished(GenerationRequest request, Completion completion) {}

    /**
     * A request failed or was cancelled; never because the queue was full.
     *
     * @param request the request
     * @param cause why
     */
    default void failed(GenerationRequest request, GenerationException cause) {}

    /**
     * A request will be tried again.
     *
     * @param request the request
     * @param attempt the number of the attempt that failed, 1 for the first
     * @param delay how long until the next one
     * @param cause why it failed
     */
    default void retried(GenerationRequest request, int attempt, Duration delay, GenerationException cause) {}

    /**
     * The load changed. Calls come in the order of the changes; the last one of an idle generator says 0 and 0.
     *
     * @param queued requests that wait
     * @param inFlight requests at work
     */
    default void load(int queued, int inFlight) {}
}
