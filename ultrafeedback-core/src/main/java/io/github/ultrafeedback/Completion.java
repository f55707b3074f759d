package io.github.ultrafeedback;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The answers to one prompt, with what was really used to get them.
 *
 * @param model the model that answered, as it was asked for
 * @param promptId the caller's name for the prompt, or null if it had none
 * @param choices the n answers, by index; never empty
 * @param usage tokens of prompt and answers
 * @param params the parameters that took effect
 * @param seed the seed that took effect: asked for alone, with these parameters, it gives the same tokens again; empty
 *     where the backend has none
 * @param attempts how often the work was asked for; at least 1
 * @param latency from submitting to the last token, waiting included
 * @param provenance further facts by name, for example {@code device} or {@code system_fingerprint}
 */
public record Completion(
        ModelRef model,
        @Nullable String promptId,
        List<Choice> choices,
        Usage usage,
        SamplingParams params,
        OptionalLong seed,
        int attempts,
        Duration latency,
        Map<String, String> provenance) {
    /**
     * Copies the collections.
     *
     * @throws NullPointerException if anything but {@code promptId} is null
     * @throws IllegalArgumentException if there is no choice or {@code attempts} is below 1
     */
    public Completion {
        Objects.requireNonNull(model, "model must not be null");
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("choices must hold at least one choice, got none");
        }
        Objects.requireNonNull(usage, "usage must not be null");
        Objects.requireNonNull(params, "params must not be null");
        Objects.requireNonNull(seed, "seed must not be null; use OptionalLong.empty()");
        Checks.atLeast("attempts", attempts, 1, "1 is an answer without a retry");
        Objects.requireNonNull(latency, "latency must not be null");
        provenance = Map.copyOf(provenance);
    }

    /**
     * The first answer.
     *
     * @return its text
     */
    public String text() {
        return choices.get(0).text();
    }

    /**
     * Why the first answer ended.
     *
     * @return its finish reason
     */
    public FinishReason finishReason() {
        return choices.get(0).finishReason();
    }
}
