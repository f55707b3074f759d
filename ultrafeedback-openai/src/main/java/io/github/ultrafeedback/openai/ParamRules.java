package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.OptionalInt;

/** Refuses the parameters that a server does not know, before anything is sent. */
final class ParamRules {
    private static final int OPENAI_MOST_CHOICES = 128;
    private static final int OPENAI_MOST_LEGACY_LOGPROBS = 5;

    private ParamRules() {}

    /** Throws for the first parameter that the dialect lacks. */
    static void check(SamplingParams params, Dialect dialect, Endpoint endpoint) {
        boolean vllm = dialect == Dialect.VLLM;
        boolean local = vllm || dialect == Dialect.LLAMA_CPP;
        need(local || params.topK() == 0, "topK", params.topK(), "0", dialect);
        need(local || params.minP() == 0, "minP", params.minP(), "0", dialect);
        need(local || params.repetitionPenalty() == 1, "repetitionPenalty", params.repetitionPenalty(), "1", dialect);
        need(local || !params.ignoreEos(), "ignoreEos", params.ignoreEos(), "false", dialect);
        need(vllm || params.minTokens() == 0, "minTokens", params.minTokens(), "0", dialect);
        need(vllm || params.stopTokenIds().isEmpty(), "stopTokenIds", params.stopTokenIds(), "none", dialect);
        need(vllm || !params.includeStop(), "includeStop", params.includeStop(), "false", dialect);
        need(vllm || params.skipSpecialTokens(), "skipSpecialTokens", params.skipSpecialTokens(), "true", dialect);
        if (dialect == Dialect.OPENAI) {
            need(params.n() <= OPENAI_MOST_CHOICES, "n", params.n(), "at most 128", dialect);
            legacyLogprobs(params.logprobs(), endpoint, dialect);
        }
    }

    private static void legacyLogprobs(OptionalInt logprobs, Endpoint endpoint, Dialect dialect) {
        boolean fits = endpoint == Endpoint.CHAT || logprobs.orElse(0) <= OPENAI_MOST_LEGACY_LOGPROBS;
        need(fits, "logprobs", logprobs.orElse(0), "at most 5 on COMPLETIONS", dialect);
    }

    private static void need(boolean met, String field, Object value, String allowed, Dialect dialect) {
        if (!met) {
            throw new InvalidRequestException(field + " must be " + allowed + " for the dialect " + dialect + ", got "
                    + value + "; leave it out, or name the server's dialect in OpenAiSettings if it is another.");
        }
    }
}
