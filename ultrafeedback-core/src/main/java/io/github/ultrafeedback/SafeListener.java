package io.github.ultrafeedback;

import io.github.ultrafeedback.error.GenerationException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a listener throws from the backend. The first throw is a warning and the others are for debugging, since a
 * broken listener throws at every request. The log gets the type alone: a listener may put a prompt into its message.
 */
final class SafeListener implements GeneratorListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final GeneratorListener listener;
    private final AtomicBoolean warned = new AtomicBoolean();

    private SafeListener(GeneratorListener listener) {
        this.listener = listener;
    }

    static GeneratorListener of(GeneratorListener listener) {
        Objects.requireNonNull(listener, "listener must not be null; use GeneratorListener.NONE");
        return listener == NONE || listener instanceof SafeListener ? listener : new SafeListener(listener);
    }

    @Override
    public void submitted(GenerationRequest request) {
        call("submitted", () -> listener.submitted(request));
    }

    @Override
    public void started(GenerationRequest request) {
        call("started", () -> listener.started(request));
    }

    @Override
    public void firstToken(GenerationRequest request) {
        call("firstToken", () -> listener.firstToken(request));
    }

    @Override
    public void finished(GenerationRequest request, Completion completion) {
        call("finished", () -> listener.finished(request, completion));
    }

    @Override
    public void failed(GenerationRequest request, GenerationException cause) {
        call("failed", () -> listener.failed(request, cause));
    }

    @Override
    public void retried(GenerationRequest request, int attempt, Duration delay, GenerationException cause) {
        call("retried", () -> listener.retried(request, attempt, delay, cause));
    }

    @Override
    public void load(int queued, int inFlight) {
        call("load", () -> listener.load(queued, inFlight));
    }

    private void call(String event, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // an error, too, must not end the backend's thread
            String text = "{} threw {} at {}; the event is lost to it.";
            String type = listener.getClass().getName();
            if (warned.compareAndSet(false, true)) {
                LOG.warn(text, type, e.getClass().getName(), event);
            } else {
                LOG.debug(text, type, e.getClass().getName(), event);
            }
        }
    }
}
