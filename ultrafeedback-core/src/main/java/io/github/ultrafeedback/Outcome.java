package io.github.ultrafeedback;

import io.github.ultrafeedback.error.GenerationException;
import java.util.Objects;

/** What became of one prompt: an answer, or the reason why there is none. */
public sealed interface Outcome permits Outcome.Success, Outcome.Failure {

    /**
     * The prompt was answered.
     *
     * @param completion the answer
     */
    record Success(Completion completion) implements Outcome {
        public Success {
            Objects.requireNonNull(completion, "completion must not be null");
        }
    }

    /**
     * The prompt failed, alone.
     *
     * @param prompt the prompt
     * @param cause why, and whether to try again
     */
    record Failure(Prompt prompt, GenerationException cause) implements Outcome {
        public Failure {
            Objects.requireNonNull(prompt, "prompt must not be null");
            Objects.requireNonNull(cause, "cause must not be null");
        }
    }
}
