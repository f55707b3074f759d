package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Generator;
import org.jspecify.annotations.Nullable;

/** What other threads tell the thread that runs the job. */
sealed interface CallEvent {

    /** A generator is open, or could not be opened. */
    record Opened(
            Lane lane,
            @Nullable Generator generator,
            @Nullable Throwable failure) implements CallEvent {}

    /** The journal holds the intent of a call, or failed. */
    record Intended(Lane lane, PlannedCall call, @Nullable Throwable failure) implements CallEvent {}

    /** A generator is through with a call. */
    record Ended(
            Lane lane,
            PlannedCall call,
            @Nullable Completion completion,
            @Nullable Throwable failure) implements CallEvent {}

    /** The journal holds the end of a call, or failed. */
    record Written(Lane lane, @Nullable Throwable failure) implements CallEvent {}

    /** Somebody asked the run to stop. */
    record Woken() implements CallEvent {}
}
