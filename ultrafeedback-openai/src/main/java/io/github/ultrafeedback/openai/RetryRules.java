package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a failed attempt is followed by another.
 *
 * <p>The server's own delay counts, capped, and never shortened: up to a second of chance comes on top, so that not all
 * come back at once. Without one, the wait is drawn from [0, b], b doubling from half a second to half a minute ("full
 * jitter", Brooker, AWS Architecture Blog, 2015); four times as long where the server is overloaded. Thread-safe.
 */
final class RetryRules {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SPREAD = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int OVERLOADED_FACTOR = 4;

    private final OpenAiSettings settings;
    private final Time time;
    private final RandomGenerator random;
    private final RetryBudget budget;
    private final RunEnd runEnd;

    RetryRules(OpenAiSettings settings, Ambient ambient, RetryBudget budget, RunEnd runEnd) {
        this.settings = settings;
        this.time = ambient.time();
        this.random = ambient.random();
        this.budget = budget;
        this.runEnd = runEnd;
    }

    /** Returns how long to wait, or null to give up. Takes how many attempts have failed. */
    @Nullable Duration delay(ChatCall call, ApiFailure failure, int failures) {
        long deadlineNanos =
                call.firstTurn().getNow(time.nanos()) + settings.totalTimeout().toNanos();
        return call.heard() ? null : delay(failure, failures + call.moves(), deadlineNanos);
    }

    /** The same for a request that no prompt stands behind. Takes when time is up. */
    @Nullable Duration delay(ApiFailure failure, int failures, long deadlineNanos) {
        if (!again(failure) || failures >= settings.maxAttempts() || runEnd.cause() != null) {
            return null;
        }
        Duration delay = wait(failure, failures);
        boolean counted = failure.kind() != Kind.RATE_LIMIT; // limits are met by healthy servers
        if (counted) {
            delay = longer(delay, budget.take());
        }
        if (time.nanos() + delay.toNanos() - deadlineNanos >= 0) {
            if (counted) {
                budget.giveBack();
            }
            return null; // it would be too late: better to say so now
        }
        return longer(delay, SHORTEST);
    }

    /** When a request that begins now must be answered, by {@link Time#nanos}. */
    long deadline() {
        return time.nanos() + settings.totalTimeout().toNanos();
    }

    void answered() {
        budget.answered();
    }

    private boolean again(ApiFailure failure) {
        if (failure.kind().endsRun() || failure.kind() == Kind.CALLER) {
            return false;
        }
        if (failure.certainty() == Certainty.MAYBE_DONE && settings.whenMaybeDone() == WhenMaybeDone.FAIL) {
            return false;
        }
        String order = failure.headers().firstValue("x-should-retry").orElse("").strip();
        return switch (order) {
            case "true" -> true;
            case "false" -> false;
            default -> failure.kind().retryable();
        };
    }

    private Duration wait(ApiFailure failure, int failures) {
        Optional<Duration> asked = ServerDelay.read(failure.headers(), time.now());
        if (asked.isPresent()) {
            return shorter(asked.get(), settings.maxRetryDelay()).plus(upTo(SPREAD));
        }
        int factor = failure.kind() == Kind.OVERLOADED ? OVERLOADED_FACTOR : 1;
        Duration bound = FIRST.multipliedBy(1L << Math.min(failures - 1, 16));
        return upTo(shorter(shorter(bound, LONGEST).multipliedBy(factor), settings.maxRetryDelay()));
    }

    private Duration upTo(Duration bound) {
        return Duration.ofNanos((long) (random.nextDouble() * bound.toNanos()));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
