package io.github.ultrafeedback.dataset;

import io.github.ultrafeedback.dataset.internal.journal.CallAddress;
import io.github.ultrafeedback.dataset.internal.journal.JournalEntry;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.ModelNotRunnableException;
import io.github.ultrafeedback.error.QuotaExhaustedException;
import java.time.Clock;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What a failure of a call means to the job. */
final class Failures {
    private Failures() {}

    /** What a future that has failed has failed with. */
    static Throwable of(CompletableFuture<?> failed) {
        try {
            failed.join();
        } catch (CompletionException | CancellationException e) {
            return unwrap(e);
        }
        throw new IllegalArgumentException("failed must be a failed future, got an answer");
    }

    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    static GenerationException typed(@Nullable Throwable failure) {
        Throwable inner = failure == null ? new NullPointerException("no completion") : unwrap(failure);
        if (inner instanceof GenerationException known) {
            return known;
        }
        if (inner instanceof CancellationException) {
            return new GenerationCancelledException("Cancelled before the answer was there.", Certainty.MAYBE_DONE);
        }
        return new GenerationException(
                "The backend failed with " + inner.getClass().getName() + "; report it to its authors.",
                inner,
                false,
                Certainty.MAYBE_DONE);
    }

    /** Whether no other call to the model can succeed until somebody acts. */
    static boolean blocks(GenerationException failure) {
        return failure instanceof AuthenticationException
                || failure instanceof QuotaExhaustedException
                || failure instanceof ModelNotFoundException
                || failure instanceof ModelNotRunnableException;
    }

    /** Whether it may come from our own cancelling and closing. */
    static boolean isOurs(GenerationException failure) {
        return failure instanceof GenerationCancelledException || failure instanceof GeneratorClosedException;
    }

    static JournalEntry.Failure entry(CallAddress call, GenerationException failure, Clock clock) {
        return new JournalEntry.Failure(
                call,
                failure.getClass().getSimpleName(),
                String.valueOf(failure.getMessage()),
                failure.certainty().name(),
                failure.retryable(),
                clock.instant().toString());
    }
}
