package io.github.ultrafeedback;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How tokens are drawn. Names, meanings and order are vLLM's; the defaults are UltraFeedback's: temperature 1.0, top_p
 * 1.0, at most 1024 new tokens. Made by {@link #builder()}.
 *
 * <p>At each step the logits pass, in this order: logit bias; the mask that forbids every end before {@code minTokens};
 * repetition, frequency and presence penalty; temperature; min-p; top-k; top-p; softmax; the draw. Temperature 0 takes
 * the likeliest token after the penalties, ties by the lowest id, and skips the rest.
 *
 * <p>A backend that cannot honour a parameter refuses the request with
 * {@link io.github.ultrafeedback.error.InvalidRequestException} before the first call; none is ever ignored.
 *
 * @param temperature divisor of the logits, in [0, 2]; 0 is greedy; 1.0 by default
 * @param topP keeps the smallest set of likeliest tokens whose probabilities reach this sum, the one that crosses it
 *     included; in (0, 1]; 1.0, off, by default
 * @param topK keeps this many of the likeliest tokens, and ties with the last of them; 0, off, by default
 * @param minP keeps tokens at least this share as likely as the likeliest, in [0, 1]; 0.0, off, by default
 * @param maxTokens new tokens at most, reasoning included; at least 1; 1024 by default
 * @param minTokens new tokens before which no end token, stop token or stop string counts, in [0, maxTokens]; 0 by
 *     default
 * @param n answers to each prompt, in [1, 16384]; 1 when greedy; 1 by default
 * @param seed address of the random stream: the same seed, prompt and model give the same tokens; empty by default: one
 *     is drawn, and recorded in the completion
 * @param stop texts that end a choice; the one whose match ends first wins, ties by the order of this list; none by
 *     default
 * @param stopTokenIds tokens that end a choice, beside the model's own end tokens; none by default
 * @param presencePenalty taken from the logit of each token that the answer already holds, in [-2, 2]; 0 by default
 * @param frequencyPenalty taken from the logit of each token once for each time the answer already holds it, in [-2,
 *     2]; 0 by default
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens that prompt or answer hold (Keskar
 *     et al., CTRL, 2019); above 0; 1.0, off, by default
 * @param logitBias added to the logits of single tokens: from token id to a value in [-100, 100]; empty by default
 * @param logprobs how many of the likeliest tokens to report for each position beside the drawn one, in [0, 20]; empty,
 *     no logprobs at all, by default
 * @param ignoreEos whether the model's own end token does not end a choice; false by default
 * @param includeStop whether the stop string that ended a choice stays in its text; false by default
 * @param skipSpecialTokens whether control tokens are left out of the text; true by default
 */
public record SamplingParams(
        double temperature,
        double topP,
        int topK,
        double minP,
        int maxTokens,
        int minTokens,
        int n,
        OptionalLong seed,
        List<String> stop,
        List<Integer> stopTokenIds,
        double presencePenalty,
        double frequencyPenalty,
        double repetitionPenalty,
        Map<Integer, Double> logitBias,
        OptionalInt logprobs,
        boolean ignoreEos,
        boolean includeStop,
        boolean skipSpecialTokens) {
    private static final SamplingParams DEFAULTS = builder().build();
    private static final int MOST_CHOICES = 16_384; // vLLM's bound
    private static final double GREEDY_BELOW = 1e-5; // vLLM's bound

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names the field, the value and the range
     * @throws NullPointerException if one is null
     */
    public SamplingParams {
        Objects.requireNonNull(seed, "seed must not be null; use OptionalLong.empty()");
        Objects.requireNonNull(logprobs, "logprobs must not be null; use OptionalInt.empty()");
        stop = List.copyOf(stop);
        stopTokenIds = List.copyOf(stopTokenIds);
        logitBias = Map.copyOf(logitBias);
        Checks.within("temperature", temperature, 0, 2, "0 is greedy, 1 leaves the model's distribution as it is");
        Checks.aboveUpTo("topP", topP, 0, 1, "1 turns it off");
        Checks.within("minP", minP, 0, 1, "0 turns it off");
        Checks.within("presencePenalty", presencePenalty, -2, 2, "0 turns it off");
        Checks.within("frequencyPenalty", frequencyPenalty, -2, 2, "0 turns it off");
        Checks.aboveUpTo("repetitionPenalty", repetitionPenalty, 0, Float.MAX_VALUE, "1 turns it off");
        Checks.within("topK", topK, 0, Integer.MAX_VALUE, "0 turns it off");
        Checks.within("maxTokens", maxTokens, 1, Integer.MAX_VALUE, "leave it out for 1024");
        Checks.within(
                "minTokens", minTokens, 0, maxTokens, "the upper bound is maxTokens, raise it or lower minTokens");
        Checks.within("n", n, 1, MOST_CHOICES, "ask several times for more");
        if (n > 1 && temperature < GREEDY_BELOW) {
            throw new IllegalArgumentException("n must be 1 when temperature is 0, got " + n
                    + "; greedy answers are all the same, raise temperature");
        }
        logprobs.ifPresent(top -> Checks.within("logprobs", top, 0, 20, "leave it out for no logprobs"));
        checkTokens(stop, stopTokenIds, logitBias);
    }

    private static void checkTokens(List<String> stop, List<Integer> stopTokenIds, Map<Integer, Double> logitBias) {
        if (stop.contains("")) {
            throw new IllegalArgumentException("stop must hold strings of at least one character, got an empty one at"
                    + " index " + stop.indexOf("") + "; leave it out");
        }
        stopTokenIds.forEach(id -> Checks.atLeast("stopTokenIds", id, 0, "leave the id out"));
        logitBias.forEach((id, bias) -> {
            Checks.atLeast("logitBias token id", id, 0, "leave the id out");
            Checks.within("logitBias of token " + id, bias, -100, 100, "-100 all but forbids a token");
        });
    }

    /**
     * UltraFeedback's setting: temperature 1.0, top_p 1.0, at most 1024 new tokens.
     *
     * @return the defaults
     */
    public static SamplingParams defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder, not thread-safe
     */
    public static SamplingParamsBuilder builder() {
        return new SamplingParamsBuilder(OptionalLong.empty(), OptionalInt.empty());
    }

    /**
     * Starts from these values. What is off at 0, 1 or an empty list is turned off by that; for the rest there are
     * {@link #withoutSeed} and {@link #withoutLogprobs}.
     *
     * @return a builder, not thread-safe
     */
    public SamplingParamsBuilder toBuilder() {
        return toBuilder(seed, logprobs);
    }

    private SamplingParamsBuilder toBuilder(OptionalLong newSeed, OptionalInt newLogprobs) {
        return new SamplingParamsBuilder(newSeed, newLogprobs)
                .temperature(temperature)
                .topP(topP)
                .topK(topK)
                .minP(minP)
                .maxTokens(maxTokens)
                .minTokens(minTokens)
                .n(n)
                .stop(stop)
                .stopTokenIds(stopTokenIds)
                .presencePenalty(presencePenalty)
                .frequencyPenalty(frequencyPenalty)
                .repetitionPenalty(repetitionPenalty)
                .logitBias(logitBias)
                .ignoreEos(ignoreEos)
                .includeStop(includeStop)
                .skipSpecialTokens(skipSpecialTokens);
    }

    /**
     * The same parameters under another seed.
     *
     * @param newSeed any value
     * @return a copy
     */
    public SamplingParams withSeed(long newSeed) {
        return toBuilder().seed(newSeed).build();
    }

    /**
     * The same parameters without a seed: one is drawn for each request.
     *
     * @return a copy
     */
    public SamplingParams withoutSeed() {
        return toBuilder(OptionalLong.empty(), logprobs).build();
    }

    /**
     * The same parameters without logprobs.
     *
     * @return a copy
     */
    public SamplingParams withoutLogprobs() {
        return toBuilder(seed, OptionalInt.empty()).build();
    }

    /**
     * Whether the likeliest token is always taken.
     *
     * @return true for a temperature below 1e-5, vLLM's bound
     */
    public boolean greedy() {
        return temperature < GREEDY_BELOW;
    }
}
