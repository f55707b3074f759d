package io.github.ultrafeedback;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some prompts of a list failed. Holds the outcome of every one, so that no finished answer is lost. */
public final class GenerationBatchException extends GenerationException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<Outcome> outcomes;

    /**
     * The failure of a list.
     *
     * @param outcomes one for each prompt, in order; at least one is a failure
     * @throws IllegalArgumentException if none is a failure
     */
    public GenerationBatchException(List<Outcome> outcomes) {
        super(message(outcomes), first(outcomes), allRetryable(outcomes), worst(outcomes));
        this.outcomes = List.copyOf(outcomes);
    }

    /**
     * What became of every prompt. Outcomes hold prompts and answers and are not serialized: a copy that comes from
     * another process has none.
     *
     * @return one outcome for each prompt, in the order of the prompts
     */
    public List<Outcome> outcomes() {
        return outcomes == null ? List.of() : outcomes;
    }

    /**
     * The answers among the outcomes.
     *
     * @return the completions, in the order of their prompts
     */
    public List<Completion> completions() {
        return outcomes().stream()
                .filter(Outcome.Success.class::isInstance)
                .map(outcome -> ((Outcome.Success) outcome).completion())
                .toList();
    }

    private static List<Outcome.Failure> failures(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Failure.class::isInstance)
                .map(Outcome.Failure.class::cast)
                .toList();
    }

    private static GenerationException first(List<Outcome> outcomes) {
        return failures(outcomes).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("outcomes must hold at least one failure, got none"))
                .cause();
    }

    private static String message(List<Outcome> outcomes) {
        GenerationException first = first(outcomes);
        return failures(outcomes).size() + " of " + outcomes.size() + " prompts failed, the first with "
                + first.getClass().getSimpleName() + ": " + first.getMessage()
                + " The other answers are in outcomes().";
    }

    private static boolean allRetryable(List<Outcome> outcomes) {
        return failures(outcomes).stream().allMatch(failure -> failure.cause().retryable());
    }

    /** The order of {@link Certainty} goes from harmless to costly. */
    private static Certainty worst(List<Outcome> outcomes) {
        return failures(outcomes).stream()
                .map(failure -> failure.cause().certainty())
                .max(Enum::compareTo)
                .orElse(Certainty.NOT_SENT);
    }
}
