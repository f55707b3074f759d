package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.error.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One choice as it grows: its text in whole characters, cut at our own stop strings, told to the listener. */
final class ChoiceText {
    private final int index;
    private final ChatCall call;
    private final StopCutter cutter;
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private final List<Integer> tokenIds = new ArrayList<>();
    private @Nullable String finishReason;
    private @Nullable StopReason stopReason;
    private char half; // the first half of a character whose second comes with the next delta; 0 for none

    ChoiceText(int index, ChatCall call, List<String> cutAt) {
        this.index = index;
        this.call = call;
        this.cutter = new StopCutter(cutAt);
    }

    void append(String delta) {
        String whole = half == 0 ? delta : half + delta;
        half = 0;
        int end = whole.length();
        if (end > 0 && Character.isHighSurrogate(whole.charAt(end - 1))) {
            half = whole.charAt(end - 1);
            end--;
        }
        add(cutter.append(whole.substring(0, end)));
    }

    private void add(String decided) {
        text.append(decided);
        if (decided.isEmpty() || !call.events().streams()) {
            return;
        }
        call.textHeard();
        try {
            call.events().text(index, decided);
        } catch (Throwable e) { // an error, too, must fail this request alone
            throw ApiFailure.local(
                    ApiFailure.Kind.CALLER,
                    "The request's TokenListener threw " + e.getClass().getName() + "; see the cause",
                    Certainty.MAYBE_DONE,
                    e);
        }
    }

    void finished(String reason) {
        finishReason = reason;
    }

    /** Takes what the server says of the stop: a stop string, a stop token, or nothing. */
    void stoppedBy(JsonNode reason) {
        if (reason.isIntegralNumber()) {
            stopReason = new StopReason.StopToken(reason.intValue());
        } else if (reason.isTextual()) {
            stopReason = new StopReason.StopString(reason.textValue());
        }
    }

    void add(TokenLogprob logprob) {
        logprobs.add(logprob);
    }

    void addToken(int id) {
        tokenIds.add(id);
    }

    boolean finished() {
        return finishReason != null;
    }

    /** The server's word for the end, where it is none of ours; else null. */
    @Nullable String otherReason() {
        String reason = finishReason;
        return reason != null && reason(reason) == FinishReason.OTHER ? ErrorFacts.name(reason) : null;
    }

    /** Ends the choice; to be called once. */
    Choice end(int finalIndex) {
        if (half != 0) {
            add(cutter.append(String.valueOf(half)));
        }
        add(cutter.flush());
        String matched = cutter.matched();
        FinishReason reason = matched != null ? FinishReason.STOP : reason(finishReason);
        StopReason stop = matched != null ? new StopReason.StopString(matched) : stopReason;
        int tokens = matched == null ? logprobs.size() : tokensOf(text.length() + matched.length());
        return new Choice(
                finalIndex,
                text.toString(),
                tokenIds.size() == logprobs.size() ? tokenIds.subList(0, tokens) : tokenIds,
                logprobs.subList(0, tokens),
                reason,
                reason == FinishReason.STOP ? stop : null);
    }

    /** Tokens up to the one that completed a stop string of ours: what the server went on with is not the answer's. */
    private int tokensOf(int characters) {
        int tokens = 0;
        for (int seen = 0; tokens < logprobs.size() && seen < characters; tokens++) {
            seen += logprobs.get(tokens).token().length();
        }
        return tokens;
    }

    private static FinishReason reason(@Nullable String wireName) {
        if (wireName == null) {
            return FinishReason.OTHER;
        }
        return switch (wireName.toLowerCase(Locale.ROOT)) {
            case "stop", "eos_token", "eos", "stop_sequence", "end_turn" -> FinishReason.STOP;
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
            default -> FinishReason.OTHER;
        };
    }
}
