package io.github.ultrafeedback;

import io.github.ultrafeedback.error.GenerationException;
import java.time.Duration;

/**
 * Hears what a generator does, for metrics, logs and progress. Every method does nothing unless overridden.
 *
 * <p>Called by threads of the caller's and the backend's, several at once; it must return soon. What it throws is
 * logged and goes no further. For one request the order is: submitted; started; first token; then finished or failed,
 * exactly once. Retries stand between started and the end. A request that is refused at once hears submitted and
 * failed.
 */
public interface GeneratorListener {
    /** Hears nothing. */
    GeneratorListener NONE = new GeneratorListener() {};

    /**
     * A request was handed to the generator.
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
     * A request failed or was cancelled.
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
     * The load changed.
     *
     * @param queued requests that wait
     * @param inFlight requests at work
     */
    default void load(int queued, int inFlight) {}
}
