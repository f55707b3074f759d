package io.github.ultrafeedback;

import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The requests to come. One that fails to be read ends them; the failure is kept until the others are answered. */
final class RequestInput {
    private final Iterator<GenerationRequest> requests;
    private @Nullable RuntimeException failure;
    private @Nullable GenerationRequest next;

    RequestInput(Iterator<GenerationRequest> requests) {
        this.requests = requests;
    }

    /** Whether a request was read that nobody took. */
    boolean isAhead() {
        return next != null;
    }

    boolean hasNext() {
        if (next == null && failure == null) {
            try {
                next = requests.hasNext()
                        ? Objects.requireNonNull(requests.next(), "requests must not hold null")
                        : null;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        return next != null;
    }

    GenerationRequest next() {
        GenerationRequest request = Objects.requireNonNull(next);
        next = null;
        return request;
    }

    /** Keeps a failure that gives way to another one. */
    void attachTo(Throwable other) {
        if (failure != null && failure != other) {
            other.addSuppressed(failure);
        }
    }

    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }
}
