package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.model.ModelSpec;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.model.Stops;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.OnnxModel;
import io.github.ultrafeedback.onnx.internal.model.OnnxRuntime;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import io.github.ultrafeedback.onnx.internal.text.Detokenizer;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model folder, opened: tokenizer, prompt format and graph. Owns their native memory. Safe for concurrent use. */
public final class LoadedModel implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final PromptEncoder prompts;
    private final OnnxModel graph;
    private final Stops ownStops;

    private LoadedModel(Tokenizer tokenizer, PromptEncoder prompts, OnnxModel graph, Stops ownStops) {
        this.tokenizer = tokenizer;
        this.prompts = prompts;
        this.graph = graph;
        this.ownStops = ownStops;
    }

    /**
     * Opens tokenizer and graph, or leaves nothing open.
     *
     * @param model what the folder was asked for as
     * @param folder the model's folder
     * @param options the format of chats and the profile of prompts
     * @param chatTemplate the name of the chat template to use where the folder has several
     * @param runtime how to run the graph
     * @return an open model that the caller closes
     * @throws io.github.ultrafeedback.error.ModelLoadException if the folder, the graph, the runtime or the device is
     *     not as needed; the message says what to do
     */
    public static LoadedModel open(
            ModelRef model, ModelFolder folder, GeneratorOptions options, String chatTemplate, RuntimeOptions runtime) {
        Tokenizer tokenizer = Tokenizer.open(folder.path());
        OnnxModel graph = null;
        try {
            ChatFormats formats = new ChatFormats(model, options, chatTemplate);
            PromptEncoder prompts =
                    new PromptEncoder(tokenizer, formats.choose(folder.chatTemplates(), tokenizer.specialTokens()));
            graph = OnnxRuntime.open(folder, runtime);
            return new LoadedModel(tokenizer, prompts, graph, ownStops(model, options));
        } catch (RuntimeException | Error e) { // nothing native may stay behind a failed open
            try (tokenizer) {
                if (graph != null) {
                    graph.close();
                }
            }
            throw e;
        }
    }

    /** The published scripts stop the pipeline at the end token alone, so the ORIGINAL profile adds nothing. */
    private static Stops ownStops(ModelRef model, GeneratorOptions options) {
        return UltraFeedbackModels.find(model.name())
                .filter(spec -> options.promptProfile() == PromptProfile.SANE)
                .map(ModelSpec::stops)
                .orElse(new Stops(List.of(), List.of()));
    }

    /**
     * The parameters that take effect: with the model's own stops, the profile's habits, and a seed where none is
     * given.
     *
     * @param asked the parameters of the request
     * @param habits what the profile of the settings makes of them
     * @return parameters with a seed
     */
    public SamplingParams effective(SamplingParams asked, UnaryOperator<SamplingParams> habits) {
        SamplingParams adjusted = habits.apply(withOwnStops(asked));
        return adjusted.seed().isPresent()
                ? adjusted
                : adjusted.withSeed(ThreadLocalRandom.current().nextLong());
    }

    /**
     * Refuses what this model cannot honour in the parameters that were asked for. The model's own stops are not the
     * caller's to mend; one that the graph lacks is never drawn.
     *
     * @param params the parameters of the request
     * @throws InvalidRequestException if they name a token that the graph does not know
     */
    public void check(SamplingParams params) {
        int vocabSize = graph.signature().vocabSize();
        params.stopTokenIds().forEach(id -> checkToken("stopTokenIds", id, vocabSize));
        params.logitBias().keySet().forEach(id -> checkToken("logitBias", id, vocabSize));
    }

    private static void checkToken(String field, int id, int vocabSize) {
        if (id >= vocabSize) { // SamplingParams takes no negative id
            throw new InvalidRequestException(field + " must hold ids in [0, " + (vocabSize - 1)
                    + "], those the model's graph knows, got " + id + "; take it out");
        }
    }

    /** The parameters with the stops that this model's prompts call for. */
    private SamplingParams withOwnStops(SamplingParams params) {
        if (params.ignoreEos()
                || (ownStops.strings().isEmpty() && ownStops.tokenIds().isEmpty())) {
            return params;
        }
        return params.toBuilder()
                .stop(union(params.stop(), ownStops.strings()))
                .stopTokenIds(union(params.stopTokenIds(), ownStops.tokenIds()))
                .build();
    }

    private static <T> List<T> union(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    /**
     * The graph, which makes decoders.
     *
     * @return the graph; {@link #close} closes it and its decoders
     */
    public OnnxModel graph() {
        return graph;
    }

    /**
     * The way from a prompt to its ids.
     *
     * @return the same encoder every time
     */
    public PromptEncoder prompts() {
        return prompts;
    }

    /** Starts behind a prompt. */
    Detokenizer detokenizer(int[] promptIds, boolean skipSpecialTokens) {
        return new Detokenizer(tokenizer, promptIds, skipSpecialTokens);
    }

    String tokenText(int id) {
        return tokenizer.tokenText(id);
    }

    /**
     * The tokens that end an answer.
     *
     * @return ids, at least one
     */
    public List<Integer> eosTokenIds() {
        return graph.folder().config().eosTokenIds();
    }

    /**
     * The tokens that may not be drawn before minTokens.
     *
     * @param params those that take effect
     * @return ids without repeats; a new array at each call
     */
    public int[] endIds(SamplingParams params) {
        IntStream eos = graph.folder().config().eosTokenIds().stream().mapToInt(Integer::intValue);
        IntStream stops = params.stopTokenIds().stream().mapToInt(Integer::intValue);
        return IntStream.concat(params.ignoreEos() ? IntStream.empty() : eos, stops)
                .distinct()
                .toArray();
    }

    /**
     * Facts for the record of a completion: backend, device, graph and format.
     *
     * @return a new map at each call, which the caller may add to
     */
    public Map<String, String> provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("backend", "onnx");
        facts.put("device", graph.device().name());
        facts.put("graph", graph.folder().graph().getFileName().toString());
        facts.put("format", prompts.formatName());
        return facts;
    }

    /** Frees the native memory. Idempotent. */
    @Override
    public void close() {
        try (tokenizer) {
            graph.close(); // and its decoders
        }
    }
}
