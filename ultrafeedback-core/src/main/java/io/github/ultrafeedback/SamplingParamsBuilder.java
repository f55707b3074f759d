package io.github.ultrafeedback;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Makes {@link SamplingParams}, whose parameters say what each setting means, what is allowed and what it is by
 * default. Not thread-safe.
 */
public final class SamplingParamsBuilder {
    private double temperature = 1.0;
    private double topP = 1.0;
    private int topK;
    private double minP;
    private int maxTokens = 1024;
    private int minTokens;
    private int n = 1;
    private OptionalLong seed;
    private List<String> stop = List.of();
    private List<Integer> stopTokenIds = List.of();
    private double presencePenalty;
    private double frequencyPenalty;
    private double repetitionPenalty = 1.0;
    private Map<Integer, Double> logitBias = Map.of();
    private OptionalInt logprobs;
    private boolean ignoreEos;
    private boolean includeStop;
    private boolean skipSpecialTokens = true;

    SamplingParamsBuilder(OptionalLong seed, OptionalInt logprobs) {
        this.seed = seed;
        this.logprobs = logprobs;
    }

    /**
     * {@return this} Divides the logits.
     *
     * @param value in [0, 2]
     */
    public SamplingParamsBuilder temperature(double value) {
        this.temperature = value;
        return this;
    }

    /**
     * {@return this} Keeps the likeliest tokens up to a sum of probability.
     *
     * @param value in (0, 1]; 1 is off
     */
    public SamplingParamsBuilder topP(double value) {
        this.topP = value;
        return this;
    }

    /**
     * {@return this} Keeps a number of likeliest tokens.
     *
     * @param value at least 0; 0 is off
     */
    public SamplingParamsBuilder topK(int value) {
        this.topK = value;
        return this;
    }

    /**
     * {@return this} Keeps tokens up to a ratio to the likeliest.
     *
     * @param value in [0, 1]; 0 is off
     */
    public SamplingParamsBuilder minP(double value) {
        this.minP = value;
        return this;
    }

    /**
     * {@return this} Limits the answer.
     *
     * @param value at least 1
     */
    public SamplingParamsBuilder maxTokens(int value) {
        this.maxTokens = value;
        return this;
    }

    /**
     * {@return this} Forbids an early end.
     *
     * @param value in [0, maxTokens]
     */
    public SamplingParamsBuilder minTokens(int value) {
        this.minTokens = value;
        return this;
    }

    /**
     * {@return this} Asks for several answers.
     *
     * @param value in [1, 16384]
     */
    public SamplingParamsBuilder n(int value) {
        this.n = value;
        return this;
    }

    /**
     * {@return this} Addresses the random stream.
     *
     * @param value any value
     */
    public SamplingParamsBuilder seed(long value) {
        this.seed = OptionalLong.of(value);
        return this;
    }

    /**
     * {@return this} Ends a choice at a text.
     *
     * @param value strings of at least one character
     */
    public SamplingParamsBuilder stop(List<String> value) {
        this.stop = value;
        return this;
    }

    /**
     * {@return this} Ends a choice at a token.
     *
     * @param value ids of at least 0
     */
    public SamplingParamsBuilder stopTokenIds(List<Integer> value) {
        this.stopTokenIds = value;
        return this;
    }

    /**
     * {@return this} Makes what was said less likely.
     *
     * @param value in [-2, 2]; 0 is off
     */
    public SamplingParamsBuilder presencePenalty(double value) {
        this.presencePenalty = value;
        return this;
    }

    /**
     * {@return this} Makes what was said often less likely.
     *
     * @param value in [-2, 2]; 0 is off
     */
    public SamplingParamsBuilder frequencyPenalty(double value) {
        this.frequencyPenalty = value;
        return this;
    }

    /**
     * {@return this} Makes what was read or said less likely.
     *
     * @param value above 0; 1 is off
     */
    public SamplingParamsBuilder repetitionPenalty(double value) {
        this.repetitionPenalty = value;
        return this;
    }

    /**
     * {@return this} Adds to logits.
     *
     * @param value from ids of at least 0 to values in [-100, 100]
     */
    public SamplingParamsBuilder logitBias(Map<Integer, Double> value) {
        this.logitBias = value;
        return this;
    }

    /**
     * {@return this} Reports the likeliest tokens.
     *
     * @param value in [0, 20]
     */
    public SamplingParamsBuilder logprobs(int value) {
        this.logprobs = OptionalInt.of(value);
        return this;
    }

    /**
     * {@return this} Goes on past the model's end token.
     *
     * @param value true to go on
     */
    public SamplingParamsBuilder ignoreEos(boolean value) {
        this.ignoreEos = value;
        return this;
    }

    /**
     * {@return this} Keeps the stop string.
     *
     * @param value true to keep it
     */
    public SamplingParamsBuilder includeStop(boolean value) {
        this.includeStop = value;
        return this;
    }

    /**
     * {@return this} Leaves control tokens out of the text.
     *
     * @param value false to see them
     */
    public SamplingParamsBuilder skipSpecialTokens(boolean value) {
        this.skipSpecialTokens = value;
        return this;
    }

    /**
     * Checks every value.
     *
     * @return the parameters
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SamplingParams build() {
        return new SamplingParams(
                temperature,
                topP,
                topK,
                minP,
                maxTokens,
                minTokens,
                n,
                seed,
                stop,
                stopTokenIds,
                presencePenalty,
                frequencyPenalty,
                repetitionPenalty,
                logitBias,
                logprobs,
                ignoreEos,
                includeStop,
                skipSpecialTokens);
    }
}
