package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.model.ModelSpec;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.model.Stops;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import io.github.ultrafeedback.onnx.internal.model.Decoder;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import io.github.ultrafeedback.onnx.internal.model.OnnxModel;
import io.github.ultrafeedback.onnx.internal.model.OnnxRuntime;
import io.github.ultrafeedback.onnx.internal.model.RuntimeOptions;
import io.github.ultrafeedback.onnx.internal.text.Detokenizer;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model folder, opened: tokenizer, prompt format and decoder. Owns their native memory. */
final class LoadedModel implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final PromptEncoder prompts;
    private final OnnxModel graph;
    private final Decoder decoder;

    private final Stops ownStops;

    private LoadedModel(Tokenizer tokenizer, PromptEncoder prompts, OnnxModel graph, Stops ownStops) {
        this.tokenizer = tokenizer;
        this.prompts = prompts;
        this.graph = graph;
        this.ownStops = ownStops;
        this.decoder = graph.newDecoder();
    }

    static LoadedModel open(ModelRef model, Path path, GeneratorOptions options, OnnxSettings settings) {
        ModelFolder folder = ModelFolder.open(path, settings.graph());
        Tokenizer tokenizer = Tokenizer.open(path);
        OnnxModel graph = null;
        try {
            ChatFormats formats = new ChatFormats(model, options, settings.chatTemplate());
            PromptEncoder prompts =
                    new PromptEncoder(tokenizer, formats.choose(folder.chatTemplates(), tokenizer.specialTokens()));
            graph = OnnxRuntime.open(folder, runtime(settings));
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

    private static RuntimeOptions runtime(OnnxSettings settings) {
        return settings.threads() == 0
                ? RuntimeOptions.on(settings.device())
                : new RuntimeOptions(settings.device(), settings.threads());
    }

    /** The parameters with the stops that this model's prompts call for. */
    SamplingParams withOwnStops(SamplingParams params) {
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

    Decoder decoder() {
        return decoder;
    }

    PromptEncoder prompts() {
        return prompts;
    }

    Detokenizer detokenizer(int[] promptIds, boolean skipSpecialTokens) {
        return new Detokenizer(tokenizer, promptIds, skipSpecialTokens);
    }

    String tokenText(int id) {
        return tokenizer.tokenText(id);
    }

    boolean isEos(int id) {
        return graph.folder().config().eosTokenIds().contains(id);
    }

    /** The tokens that may not be drawn before minTokens. */
    int[] endIds(SamplingParams params) {
        IntStream eos = graph.folder().config().eosTokenIds().stream().mapToInt(Integer::intValue);
        IntStream stops = params.stopTokenIds().stream().mapToInt(Integer::intValue);
        return IntStream.concat(params.ignoreEos() ? IntStream.empty() : eos, stops)
                .distinct()
                .toArray();
    }

    /** Facts for the record of a completion; a new map at each call. */
    Map<String, String> provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("backend", "onnx");
        facts.put("device", graph.device().name());
        facts.put("graph", graph.folder().graph().getFileName().toString());
        facts.put("format", prompts.formatName());
        return facts;
    }

    @Override
    public void close() {
        try (tokenizer;
                graph) {
            decoder.close();
        }
    }
}
