package io.github.ultrafeedback.onnx.internal.sampling;

import io.github.ultrafeedback.SamplingParams;
import java.util.ArrayList;
import java.util.List;

/** The order of the processors, vLLM's; whatever a request leaves off is not in it. */
final class ProcessorChain {
    private ProcessorChain() {}

    /**
     * The processors that {@code params} ask for, in order.
     *
     * @param params what to do
     * @param history the tokens that penalties look at
     * @param endIds the tokens that end a choice
     */
    static List<LogitsProcessor> of(SamplingParams params, TokenHistory history, int[] endIds) {
        List<LogitsProcessor> chain = new ArrayList<>();
        if (!params.logitBias().isEmpty()) {
            chain.add(new LogitBias(params.logitBias()));
        }
        if (params.minTokens() > 0 && endIds.length > 0) {
            chain.add(new MinTokens(params.minTokens(), endIds)); // after the bias, which must not allow an early end
        }
        if (params.repetitionPenalty() != 1) {
            chain.add(new RepetitionPenalty(params.repetitionPenalty(), history));
        }
        if (params.frequencyPenalty() != 0) {
            chain.add(new FrequencyPenalty(params.frequencyPenalty(), history));
        }
        if (params.presencePenalty() != 0) {
            chain.add(new PresencePenalty(params.presencePenalty(), history));
        }
        if (!params.greedy()) {
            addTempered(chain, params);
        }
        return chain;
    }

    /** What comes after the greedy choice has left: none of it moves the highest logit. */
    private static void addTempered(List<LogitsProcessor> chain, SamplingParams params) {
        if (params.temperature() != 1) {
            chain.add(new Temperature(params.temperature()));
        }
        if (params.minP() > 0) {
            chain.add(new MinP(params.minP()));
        }
        if (params.topK() > 0) {
            chain.add(new TopK(params.topK()));
        }
        if (params.topP() < 1) {
            chain.add(new TopP(params.topP()));
        }
    }

    /** Whether any processor in use looks at the history, so that it must be kept. */
    static boolean readsHistory(SamplingParams params) {
        return params.repetitionPenalty() != 1 || params.frequencyPenalty() != 0 || params.presencePenalty() != 0;
    }
}
