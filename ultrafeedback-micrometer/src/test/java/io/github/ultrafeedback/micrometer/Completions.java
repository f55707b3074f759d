package io.github.ultrafeedback.micrometer;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.Usage;

/** Completions that differ from another in one part. */
final class Completions {
    private Completions() {}

    static Completion withUsage(Completion other, int promptTokens, int completionTokens) {
        return new Completion(
                other.model(),
                other.promptId(),
                other.choices(),
                Usage.of(promptTokens, completionTokens),
                other.params(),
                other.seed(),
                other.attempts(),
                other.latency(),
                other.provenance());
    }
}
