package io.github.ultrafeedback.dataset.internal.json;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.Usage;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A completion as the journal keeps it: everything, so that records can be derived again without asking again. */
public final class CompletionJson {
    private CompletionJson() {}

    /**
     * Writes a completion.
     *
     * @param completion the answer
     * @return one line of JSON
     */
    public static String write(Completion completion) {
        JsonText out = new JsonText(JsonText.Style.LINE).open('{');
        out.name("model").string(completion.model().toString());
        out.name("prompt_id").string(completion.promptId());
        out.name("choices").open('[');
        completion.choices().forEach(choice -> write(out, choice));
        out.close(']');
        Usage usage = completion.usage();
        out.name("usage").open('{');
        out.name("prompt_tokens").number(usage.promptTokens());
        out.name("completion_tokens").number(usage.completionTokens());
        out.name("cached_tokens").number(usage.cachedTokens());
        out.name("reasoning_tokens").number(usage.reasoningTokens()).close('}');
        write(out.name("params"), completion.params());
        out.name("seed");
        completion.seed().ifPresentOrElse(out::number, () -> out.literal("null"));
        out.name("attempts").number(completion.attempts());
        out.name("latency_ns").number(completion.latency().toNanos());
        out.name("provenance").open('{');
        new TreeMap<>(completion.provenance())
                .forEach((name, value) -> out.name(name).string(value));
        return out.close('}').close('}').toString();
    }

    /**
     * Writes parameters, always in the same order, so that equal parameters are equal texts.
     *
     * @param params the parameters
     * @return one line of JSON
     */
    public static String write(SamplingParams params) {
        JsonText out = new JsonText(JsonText.Style.LINE);
        write(out, params);
        return out.toString();
    }

    private static void write(JsonText out, SamplingParams params) {
        out.open('{');
        out.name("temperature").number(Double.toString(params.temperature()));
        out.name("top_p").number(Double.toString(params.topP()));
        out.name("top_k").number(params.topK());
        out.name("min_p").number(Double.toString(params.minP()));
        out.name("max_tokens").number(params.maxTokens());
        out.name("min_tokens").number(params.minTokens());
        out.name("n").number(params.n());
        out.name("seed");
        params.seed().ifPresentOrElse(out::number, () -> out.literal("null"));
        out.name("stop").open('[');
        params.stop().forEach(out::string);
        out.close(']').name("stop_token_ids").open('[');
        params.stopTokenIds().forEach(out::number);
        out.close(']');
        out.name("presence_penalty").number(Double.toString(params.presencePenalty()));
        out.name("frequency_penalty").number(Double.toString(params.frequencyPenalty()));
        out.name("repetition_penalty").number(Double.toString(params.repetitionPenalty()));
        out.name("logit_bias").open('{');
        new TreeMap<>(params.logitBias())
                .forEach((id, bias) -> out.name(id.toString()).number(bias.toString()));
        out.close('}').name("logprobs");
        params.logprobs().ifPresentOrElse(out::number, () -> out.literal("null"));
        out.name("ignore_eos").literal(Boolean.toString(params.ignoreEos()));
        out.name("include_stop").literal(Boolean.toString(params.includeStop()));
        out.name("skip_special_tokens")
                .literal(Boolean.toString(params.skipSpecialTokens()))
                .close('}');
    }

    private static void write(JsonText out, Choice choice) {
        out.open('{').name("index").number(choice.index()).name("text").string(choice.text());
        out.name("token_ids").open('[');
        for (int id : choice.tokenIdArray()) {
            out.number(id);
        }
        out.close(']');
        if (!choice.logprobs().isEmpty()) {
            writeLogprobs(out.name("logprobs"), choice.logprobs());
        }
        out.name("finish_reason").string(choice.finishReason().name());
        writeStop(out, choice.stopReason());
        out.close('}');
    }

    private static void writeStop(JsonText out, @Nullable StopReason stop) {
        if (stop instanceof StopReason.StopString string) {
            out.name("stop_string").string(string.text());
        } else if (stop instanceof StopReason.StopToken token) {
            out.name("stop_token").number(token.id());
        }
    }

    private static void writeLogprobs(JsonText out, List<TokenLogprob> logprobs) {
        out.open('[');
        for (TokenLogprob logprob : logprobs) {
            out.open('{').name("token").string(logprob.token()).name("id").number(logprob.id());
            out.name("logprob").string(Double.toString(logprob.logprob())); // -Infinity is no JSON number
            if (!logprob.top().isEmpty()) {
                writeLogprobs(out.name("top"), logprob.top());
            }
            out.close('}');
        }
        out.close(']');
    }
}
