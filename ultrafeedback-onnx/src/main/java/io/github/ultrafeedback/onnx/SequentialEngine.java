package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.onnx.internal.model.Decoder;
import io.github.ultrafeedback.onnx.internal.sampling.SamplingWorkspace;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/**
 * One model and the way from a prompt to its completion: render, encode, truncate, prefill, then choose token after
 * token. One thread generates; {@link #effective} and {@link #check} may be called by any.
 */
final class SequentialEngine implements AutoCloseable {
    private final ModelRef model;
    private final OnnxSettings settings;
    private final LoadedModel loaded;
    private final SamplingWorkspace workspace;

    private SequentialEngine(ModelRef model, OnnxSettings settings, LoadedModel loaded, SamplingWorkspace workspace) {
        this.model = model;
        this.settings = settings;
        this.loaded = loaded;
        this.workspace = workspace;
    }

    static SequentialEngine open(ModelRef model, Path folder, GeneratorOptions options) {
        return open(model, folder, options, SamplingWorkspace::create);
    }

    /** Takes what makes a workspace for a vocabulary, which may want more memory than there is. */
    static SequentialEngine open(
            ModelRef model, Path folder, GeneratorOptions options, IntFunction<SamplingWorkspace> workspaces) {
        OnnxSettings settings = options.settings(OnnxSettings.class).orElseGet(OnnxSettings::defaults);
        LoadedModel loaded = LoadedModel.open(model, folder, options, settings);
        try {
            return new SequentialEngine(
                    model, settings, loaded, workspaces.apply(loaded.decoder().vocabSize()));
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
        SamplingParams adjusted = settings.profile().adjust(loaded.withOwnStops(asked));
        return adjusted.seed().isPresent()
                ? adjusted
                : adjusted.withSeed(ThreadLocalRandom.current().nextLong());
    }

    /**
     * Refuses what this model cannot honour in the parameters that were asked for. The model's own stops are not the
     * caller's to mend; one that the graph lacks is never drawn.
     */
    void check(SamplingParams params) {
        int vocabSize = loaded.decoder().vocabSize();
        params.stopTokenIds().forEach(id -> checkToken("stopTokenIds", id, vocabSize));
        params.logitBias().keySet().forEach(id -> checkToken("logitBias", id, vocabSize));
    }

    private static void checkToken(String field, int id, int vocabSize) {
        if (id >= vocabSize) { // SamplingParams takes no negative id
            throw new InvalidRequestException(field + " must hold ids in [0, " + (vocabSize - 1)
                    + "], those the model's graph knows, got " + id + "; take it out");
        }
    }

    Completion generate(Job job, GeneratorListener listener) {
        SamplingParams params = job.params();
        Decoder decoder = loaded.decoder();
        int[] encoded = loaded.prompts().encode(job.request().prompt());
        int[] promptIds = settings.truncation().apply(encoded, params.maxTokens(), decoder.contextLength());
        FloatBuffer logits = decoder.prefill(promptIds, job.cancellation());
        List<Choice> choices = new ArrayList<>();
        for (int index = 0; index < params.n(); index++) {
            if (index > 0) {
                logits = decoder.rewind();
            }
            choices.add(
                    new ChoiceRun(loaded, settings.profile(), job, index, promptIds, listener).run(logits, workspace));
        }
        return completion(job, choices, promptIds.length, encoded.length - promptIds.length);
    }

    private Completion completion(Job job, List<Choice> choices, int promptTokens, int dropped) {
        int drawn =
                choices.stream().mapToInt(choice -> choice.tokenIds().size()).sum();
        return new Completion(
                model,
                job.request().prompt().id(),
                choices,
                Usage.of(promptTokens, drawn),
                job.params(),
                OptionalLong.of(job.params().seed().orElseThrow()),
                1,
                Duration.ofNanos(System.nanoTime() - job.submittedNanos()),
                provenance(dropped));
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
