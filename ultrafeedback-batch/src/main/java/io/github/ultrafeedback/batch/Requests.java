package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.onnx.PipelineProfile;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceLimits;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceText;
import io.github.ultrafeedback.onnx.internal.generation.Job;
import io.github.ultrafeedback.onnx.internal.generation.LoadedModel;
import io.github.ultrafeedback.onnx.internal.generation.TextProfile;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From a request to the sequences that run it, and from its choices to its completion. Safe for concurrent use, but
 * {@link #sequences}, which belongs to the engine's thread.
 */
final class Requests {
    private final ModelRef model;
    private final BatchModel opened;
    private final LoadedModel loaded;
    private final Outbox outbox;
    private final SamplingWorkspace workspace;

    Requests(ModelRef model, BatchModel opened, Outbox outbox) {
        this.model = model;
        this.opened = opened;
        this.loaded = opened.loaded();
        this.outbox = outbox;
        this.workspace = SamplingWorkspace.create(opened.runner().vocabSize());
    }

    /** A job with the parameters that take effect. */
    Job job(GenerationRequest request) {
        return new Job(request, loaded.effective(request.params(), opened.onnx().profile()::adjust));
    }

    /** Renders and encodes the prompt. Throws a typed exception where the model cannot honour the request. */
    Call call(Job job) {
        loaded.check(job.request().params());
        int[] encoded = loaded.prompts().encode(job.request().prompt());
        int[] ids = opened.onnx().truncation().apply(encoded, job.params().maxTokens(), opened.contextLength());
        int positions = positions(ids, job.params());
        if (positions > opened.size().capacity()) {
            throw new InvalidRequestException(
                    "The prompt's " + ids.length + " tokens and maxTokens come to " + positions
                            + ", and a slot has room for " + opened.size().capacity()
                            + ": lower maxTokens, or raise BatchSettings.maxLength or cacheBytes.");
        }
        return new Call(
                job, ids, encoded.length - ids.length, outbox.lane(job.request().listener() != null));
    }

    private int room(int[] promptIds) {
        return opened.contextLength() - promptIds.length;
    }

    private int positions(int[] promptIds, SamplingParams params) {
        return promptIds.length + Math.min(params.maxTokens(), room(promptIds));
    }

    /** The calls' sequences. A call that cannot become one fails alone. */
    List<Sequence> sequences(List<Call> taken, Calls calls) {
        List<Sequence> sequences = new ArrayList<>();
        for (Call call : taken) {
            try {
                sequences.add(sequence(call, calls));
            } catch (RuntimeException | Error e) {
                calls.handOver(call, () -> calls.fail(call, e));
            }
        }
        return sequences;
    }

    /** The call's first choice, with the others behind it. */
    private Sequence sequence(Call call, Calls calls) {
        Sequence.Prompt prompt = new Sequence.Prompt(call.promptIds());
        int promised = positions(call.promptIds(), call.job().params());
        List<Sequence> sequences = new ArrayList<>();
        for (int index = 0; index < call.job().params().n(); index++) {
            sequences.add(new Sequence(prompt, promised, decoding(call, calls, index)));
        }
        prompt.setOthers(sequences.subList(1, sequences.size()));
        return sequences.get(0);
    }

    private Decoding decoding(Call call, Calls calls, int index) {
        SamplingParams params = call.job().params();
        int[] ids = call.promptIds();
        PipelineProfile profile = opened.onnx().profile();
        return new ChoiceDecoding(
                call,
                calls,
                index,
                TokenSampler.create(params, params.seed().orElseThrow(), index, ids, loaded.endIds(params)),
                workspace,
                new ChoiceLimits(params, loaded.eosTokenIds(), room(ids)),
                new ChoiceText(loaded, call.job(), index, ids, new TextProfile(profile::finish, profile.streams())));
    }

    Completion completion(Call call, List<Choice> choices) {
        return call.job().completion(model, choices, call.promptIds().length, provenance(call));
    }

    private Map<String, String> provenance(Call call) {
        Map<String, String> facts = loaded.provenance();
        facts.put("backend", "batch");
        opened.invariant().ifPresent(held -> facts.put("batchInvariant", held.toString()));
        if (opened.onnx().profile() != PipelineProfile.PLAIN) { // then the text is not quite what the model said
            facts.put("profile", opened.onnx().profile().name());
        }
        if (call.dropped() > 0) {
            facts.put("truncated_tokens", Integer.toString(call.dropped()));
        }
        return facts;
    }
}
