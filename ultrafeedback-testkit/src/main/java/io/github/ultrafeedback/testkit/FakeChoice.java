package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.TokenLogprob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One choice while it is generated, a token a step. */
final class FakeChoice {
    private final int index;
    private final SamplingParams params;
    private final long address;
    private final @Nullable List<String> script;
    private final FinishReason scriptEnd;
    private final StopScan scan;
    private final List<Integer> tokenIds = new ArrayList<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private @Nullable FinishReason finishReason;
    private @Nullable StopReason stopReason;

    /** Takes the address of the choice's random stream. */
    FakeChoice(int index, SamplingParams params, long address, Reply reply) {
        this.index = index;
        this.params = params;
        this.address = address;
        String text = reply.text(index);
        this.script = text == null ? null : Words.pieces(text);
        this.scriptEnd = reply.end();
        this.scan = new StopScan(params.stop(), params.includeStop());
    }

    boolean done() {
        return finishReason != null;
    }

    /** Adds one token, and tells the listener what is certain by now. */
    void step(@Nullable TokenListener listener) {
        addToken();
        String delta = scan.takeDelta(done());
        if (listener != null && !delta.isEmpty()) {
            listener.onText(index, delta);
        }
    }

    private void addToken() {
        int position = tokenIds.size();
        boolean mayStop = position >= params.minTokens();
        if (script != null && position >= script.size()) {
            add(Words.END, "");
            finishReason = scriptEnd;
            return;
        }
        int id = script == null
                ? Words.draw(address, position, mayStop && !params.ignoreEos())
                : Words.id(script.get(position));
        String text = script == null ? Words.text(id, position) : script.get(position);
        add(id, text);
        if (mayStop && params.stopTokenIds().contains(id)) {
            finishReason = FinishReason.STOP;
            stopReason = new StopReason.StopToken(id);
        } else if (script == null && id == Words.END) {
            finishReason = scriptEnd;
        } else if (scan.add(text, mayStop)) {
            finishReason = FinishReason.STOP;
            stopReason = new StopReason.StopString(String.valueOf(scan.found()));
        } else if (tokenIds.size() >= params.maxTokens()) {
            finishReason = FinishReason.LENGTH;
        }
    }

    private void add(int id, String text) {
        tokenIds.add(id);
        params.logprobs().ifPresent(top -> logprobs.add(Words.logprob(text, id, top)));
    }

    int tokens() {
        return tokenIds.size();
    }

    Choice toChoice() {
        FinishReason reason = finishReason == null ? FinishReason.OTHER : finishReason;
        return new Choice(index, scan.text(), tokenIds, logprobs, reason, stopReason);
    }
}
