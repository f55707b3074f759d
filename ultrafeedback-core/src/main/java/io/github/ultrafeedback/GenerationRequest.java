package io.github.ultrafeedback;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One prompt with all that goes with it.
 *
 * @param prompt what is asked
 * @param params how tokens are drawn
 * @param listener hears the text while it is generated, or null
 */
public record GenerationRequest(
        Prompt prompt, SamplingParams params, @Nullable TokenListener listener) {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException if {@code prompt} or {@code params} is null
     */
    public GenerationRequest {
        Objects.requireNonNull(prompt, "prompt must not be null");
        Objects.requireNonNull(params, "params must not be null");
    }

    /**
     * A request without a listener.
     *
     * @param prompt what is asked
     * @param params how tokens are drawn
     * @return the request
     */
    public static GenerationRequest of(Prompt prompt, SamplingParams params) {
        return new GenerationRequest(prompt, params, null);
    }

    /**
     * A request with the default parameters.
     *
     * @param prompt what is asked
     * @return the request
     */
    public static GenerationRequest of(Prompt prompt) {
        return of(prompt, SamplingParams.defaults());
    }

    /**
     * The same request heard by a listener.
     *
     * @param newListener hears the text, or null for nobody
     * @return a copy
     */
    public GenerationRequest withListener(@Nullable TokenListener newListener) {
        return new GenerationRequest(prompt, params, newListener);
    }
}
