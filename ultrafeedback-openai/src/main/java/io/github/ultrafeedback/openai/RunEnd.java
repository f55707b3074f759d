package io.github.ultrafeedback.openai;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether an error was met that every other request would meet too: then nothing more is sent. Thread-safe. */
final class RunEnd {
    private final AtomicReference<@Nullable ApiFailure> cause = new AtomicReference<>();

    /** Returns true to the first who ends the run. */
    boolean end(ApiFailure failure) {
        return cause.compareAndSet(null, failure);
    }

    @Nullable ApiFailure cause() {
        return cause.get();
    }
}
