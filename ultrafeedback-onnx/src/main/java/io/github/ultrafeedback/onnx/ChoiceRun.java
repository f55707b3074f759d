package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.onnx.internal.model.Decoder;
import io.github.ultrafeedback.onnx.internal.sampling.IdLogprob;
import io.github.ultrafeedback.onnx.internal.sampling.PositionLogprobs;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws one choice, token after token, until something ends it. Used once, by the engine thread. */
final class ChoiceRun {
    private final LoadedModel loaded;
    private final Job job;
    private final SamplingParams params;
    private final int index;
    private final int room;
    private final TokenSampler sampler;
    private final TextStream text;
    private final GeneratorListener listener;
    private int[] tokenIds = new int[64];
    private int drawn;
    private final List<TokenLogprob> logprobs = new ArrayList<>();

    ChoiceRun(
            LoadedModel loaded,
            PipelineProfile profile,
            Job job,
            int index,
            int[] promptIds,
            GeneratorListener listener) {
        this.loaded = loaded;
        this.job = job;
        this.params = job.params();
        this.index = index;
        this.room = Math.min(params.maxTokens(), loaded.decoder().contextLength() - promptIds.length);
        this.sampler =
                TokenSampler.create(params, params.seed().orElseThrow(), index, promptIds, loaded.endIds(params));
        this.text = new TextStream(
                loaded.detokenizer(promptIds, params.skipSpecialTokens()),
                params,
                profile,
                index,
                job.request().listener());
        this.listener = listener;
    }

    Choice run(FloatBuffer promptLogits, SamplingWorkspace workspace) {
        Decoder decoder = loaded.decoder();
        FloatBuffer logits = promptLogits;
        while (true) {
            if (job.cancellation().isCancelled()) {
                throw new GenerationCancelledException(
                        "The request was cancelled.", job.cancellation().certainty());
            }
            int id = sampler.next(logits, workspace);
            record(id);
            Choice choice = accept(id);
            if (choice != null) {
                return choice;
            }
            logits = decoder.decode(id);
        }
    }

    private void record(int id) {
        if (index == 0 && drawn == 0) {
            job.tell(() -> listener.firstToken(job.request()));
        }
        if (drawn == tokenIds.length) {
            tokenIds = Arrays.copyOf(tokenIds, 2 * drawn);
        }
        tokenIds[drawn++] = id;
        if (params.logprobs().isPresent()) {
            logprobs.add(named(sampler.logprobs().orElseThrow()));
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

    /** In vLLM's order: end token, stop token, stop string, length. Null to go on. */
    private @Nullable Choice accept(int id) {
        boolean counts = drawn > params.minTokens();
        if (loaded.isEos(id) && !params.ignoreEos() && counts) {
            return end(FinishReason.STOP, null);
        }
        if (params.stopTokenIds().contains(id) && counts) {
            return end(FinishReason.STOP, new StopReason.StopToken(id));
        }
        text.append(id, drawn);
        if (!text.stopped() && drawn < room) {
            return null;
        }
        return end(FinishReason.LENGTH, null);
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
