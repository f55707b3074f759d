package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.onnx.internal.sampling.IdLogprob;
import io.github.ultrafeedback.onnx.internal.sampling.PositionLogprobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a choice of the tokens that were drawn for it: detokenizes, looks for stop strings, tells the request's
 * listener. It may lag behind the thread that draws: tokens drawn past a stop string are simply never given to it. One
 * thread at a time.
 */
public final class ChoiceText {
    private final LoadedModel loaded;
    private final int index;
    private final TextStream text;
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private int[] tokenIds = new int[64];
    private int drawn;

    /**
     * Starts a choice that has no tokens yet.
     *
     * @param loaded the model, to be closed after the last call
     * @param job the request, with the parameters that take effect
     * @param index which of the n choices, from 0
     * @param promptIds the prompt as the model read it; only the last few are looked at
     * @param profile what becomes of the text
     */
    public ChoiceText(LoadedModel loaded, Job job, int index, int[] promptIds, TextProfile profile) {
        this.loaded = loaded;
        this.index = index;
        this.text = new TextStream(
                loaded.detokenizer(promptIds, job.params().skipSpecialTokens()),
                job.params(),
                profile,
                index,
                job.request().listener());
    }

    /**
     * Takes the next token and tells the request's listener what text it made certain.
     *
     * @param id what was drawn
     * @param verdict what {@link ChoiceLimits} says of it
     * @param position log-probabilities at its position, or null where the request wants none
     * @return the choice if it ends here, by verdict or by stop string; null to go on
     * @throws io.github.ultrafeedback.error.GenerationException if the request's listener throws
     * @throws IllegalStateException if the model is closed
     */
    public @Nullable Choice append(int id, TokenVerdict verdict, @Nullable PositionLogprobs position) {
        record(id, position);
        return switch (verdict) {
            case END_TOKEN -> end(FinishReason.STOP, null);
            case STOP_TOKEN -> end(FinishReason.STOP, new StopReason.StopToken(id));
            case GO_ON -> grow(id) ? null : end(FinishReason.STOP, null);
            case LENGTH -> {
                grow(id);
                yield end(FinishReason.LENGTH, null);
            }
        };
    }

    private void record(int id, @Nullable PositionLogprobs position) {
        if (drawn == tokenIds.length) {
            tokenIds = Arrays.copyOf(tokenIds, 2 * drawn);
        }
        tokenIds[drawn++] = id;
        if (position != null) {
            logprobs.add(named(position));
        }
    }

    private TokenLogprob named(PositionLogprobs position) {
        return named(
                position.drawn(),
                position.top().stream().map(top -> named(top, List.of())).toList());
    }

    private TokenLogprob named(IdLogprob token, List<TokenLogprob> top) {
        return new TokenLogprob(loaded.tokenText(token.id()), token.id(), token.logprob(), top);
    }

    /** Returns whether the text may go on. */
    private boolean grow(int id) {
        text.append(id, drawn);
        return !text.stopped();
    }

    /** A stop string that the last allowed token completes, or that the flush brings to light, ends as STOP. */
    private Choice end(FinishReason reason, @Nullable StopReason stopReason) {
        String all = text.finish();
        String stop = text.matched();
        return new Choice(
                index,
                all,
                Arrays.copyOf(tokenIds, drawn),
                logprobs,
                stop == null ? reason : FinishReason.STOP,
                stop == null ? stopReason : new StopReason.StopString(stop));
    }
}
