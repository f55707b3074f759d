package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceLimits;
import io.github.ultrafeedback.onnx.internal.generation.ChoiceText;
import io.github.ultrafeedback.onnx.internal.generation.Job;
import io.github.ultrafeedback.onnx.internal.generation.LoadedModel;
import io.github.ultrafeedback.onnx.internal.generation.TextProfile;
import io.github.ultrafeedback.onnx.internal.model.Decoder;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import io.github.ultrafeedback.onnx.internal.sampling.TokenSampler;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * One model and the way from a prompt to its completion: render, encode, truncate, prefill, then choose token after
 * token. One thread generates; {@link #effective} and {@link #check} may be called by any.
 */
final class SequentialEngine implements AutoCloseable {
    private final ModelRef model;
    private final OnnxSettings settings;
    private final LoadedModel loaded;
    private final Decoder decoder;
    private final SamplingWorkspace workspace;

    private SequentialEngine(
            ModelRef model, OnnxSettings settings, LoadedModel loaded, Decoder decoder, SamplingWorkspace workspace) {
        this.model = model;
        this.settings = settings;
        this.loaded = loaded;
        this.decoder = decoder;
        this.workspace = workspace;
    }

    static SequentialEngine open(ModelRef model, Path folder, GeneratorOptions options) {
        return open(model, folder, options, SamplingWorkspace::create);
    }

    /** Takes what makes a workspace for a vocabulary, which may want more memory than there is. */
    static SequentialEngine open(
            ModelRef model, Path folder, GeneratorOptions options, IntFunction<SamplingWorkspace> workspaces) {
        OnnxSettings settings = options.settings(OnnxSettings.class).orElseGet(OnnxSettings::defaults);
        LoadedModel loaded = LoadedModel.open(
                model,
                ModelFolder.open(folder, settings.graph()),
                options,
                settings.chatTemplate(),
                RuntimeOptions.of(settings.device(), settings.threads()));
        try {
            Decoder decoder = loaded.graph().newDecoder();
            return new SequentialEngine(model, settings, loaded, decoder, workspaces.apply(decoder.vocabSize()));
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
    }

    /**
     * The parameters that take effect: with the model's own stops, the profile's habits, and a seed where none is
     * given.
     */
    SamplingParams effective(SamplingParams asked) {
        return loaded.effective(asked, settings.profile()::adjust);
    }

    /** Refuses what this model cannot honour in the parameters that were asked for. */
    void check(SamplingParams params) {
        loaded.check(params);
    }

    Completion generate(Job job, GeneratorListener listener) {
        SamplingParams params = job.params();
        int[] encoded = loaded.prompts().encode(job.request().prompt());
        int[] promptIds = settings.truncation().apply(encoded, params.maxTokens(), decoder.contextLength());
        FloatBuffer logits = decoder.prefill(promptIds, job.cancellation());
        List<Choice> choices = new ArrayList<>();
        for (int index = 0; index < params.n(); index++) {
            if (index > 0) {
                logits = decoder.rewind();
            }
            GeneratorListener first = index == 0 ? listener : GeneratorListener.NONE;
            choices.add(choiceRun(job, index, promptIds).run(logits, workspace, first));
        }
        return job.completion(model, choices, promptIds.length, provenance(encoded.length - promptIds.length));
    }

    private ChoiceRun choiceRun(Job job, int index, int[] promptIds) {
        SamplingParams params = job.params();
        PipelineProfile profile = settings.profile();
        return new ChoiceRun(
                decoder,
                job,
                TokenSampler.create(params, params.seed().orElseThrow(), index, promptIds, loaded.endIds(params)),
                new ChoiceLimits(params, loaded.eosTokenIds(), decoder.contextLength() - promptIds.length),
                new ChoiceText(loaded, job, index, promptIds, new TextProfile(profile::finish, profile.streams())));
    }

    private Map<String, String> provenance(int dropped) {
        Map<String, String> facts = loaded.provenance();
        if (settings.profile() != PipelineProfile.PLAIN) { // then the text is not quite what the model said
            facts.put("profile", settings.profile().name());
        }
        if (dropped > 0) {
            facts.put("truncated_tokens", Integer.toString(dropped));
        }
        return facts;
    }

    @Override
    public void close() {
        loaded.close();
    }
}
