package io.github.ultrafeedback.onnx.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.error.ModelLoadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads {@code genai_config.json}, {@code generation_config.json} and {@code config.json}. Of an id that several give,
 * the first of these files has it right, since the later ones are often left as they were before fine-tuning.
 */
final class ConfigReader {
    private static final List<String> CONTEXT_KEYS =
            List.of("context_length", "max_position_embeddings", "n_positions", "n_ctx", "max_seq_len");

    private final Path folder;
    private final JsonNode genai;
    private final JsonNode generation;
    private final JsonNode config;

    ConfigReader(Path folder) {
        this.folder = folder;
        genai = JsonFile.readIfPresent(folder.resolve(ModelFolder.GENAI_CONFIG)).path("model");
        generation = JsonFile.readIfPresent(folder.resolve("generation_config.json"));
        config = JsonFile.readIfPresent(folder.resolve(ModelFolder.CONFIG));
    }

    /** The graph that {@code genai_config.json} names. */
    String genaiFileName() {
        return genai.path("decoder").path("filename").asText("model.onnx");
    }

    ModelConfig read() {
        refuseOtherKinds();
        List<Integer> eos = ids("eos_token_id");
        if (eos.isEmpty()) {
            throw new ModelLoadException(
                    "No eos_token_id in genai_config.json, generation_config.json or config.json of '" + folder
                            + "': answers would never end. Add the id, or a list of ids.");
        }
        List<Integer> bos = ids("bos_token_id");
        return new ModelConfig(
                genai.path("type").asText(config.path("model_type").asText("unknown")),
                eos,
                bos.isEmpty() ? OptionalInt.empty() : OptionalInt.of(bos.get(0)),
                contextLength(),
                vocabSize());
    }

    private void refuseOtherKinds() {
        boolean encoderDecoder = config.path("is_encoder_decoder").asBoolean(false)
                || genai.has("encoder")
                || genai.has("encoder_decoder_init");
        if (encoderDecoder) {
            throw new ModelLoadException("'" + folder + "' holds an encoder-decoder model ("
                    + config.path("model_type").asText(genai.path("type").asText("unknown"))
                    + "); only decoder-only language models are supported.");
        }
        for (String part : List.of("vision", "speech", "embedding")) {
            if (genai.has(part)) {
                throw new ModelLoadException("'" + folder + "' holds a multimodal model: genai_config.json has model."
                        + part + ". Only decoder-only language models over text are supported.");
            }
        }
        if (genai.path("decoder").has("pipeline")) {
            throw new ModelLoadException("'" + folder + "' holds a model cut into a pipeline of graphs"
                    + " (model.decoder.pipeline of genai_config.json); one whole graph is needed.");
        }
    }

    /** One id or a list of them, as both are common. */
    private List<Integer> ids(String key) {
        for (JsonNode source : List.of(genai, generation, config)) {
            List<Integer> ids = new ArrayList<>();
            JsonNode value = source.path(key);
            for (JsonNode element : value.isArray() ? value : List.of(value)) {
                if (element.isInt() && element.intValue() >= 0) { // -1 is a way to write "none"
                    ids.add(element.intValue());
                }
            }
            if (!ids.isEmpty()) {
                return ids;
            }
        }
        return List.of();
    }

    private int contextLength() {
        int least = Integer.MAX_VALUE;
        for (JsonNode source : List.of(genai, config)) {
            for (String key : CONTEXT_KEYS) {
                if (source.path(key).isInt() && source.path(key).intValue() > 0) {
                    least = Math.min(least, source.path(key).intValue());
                }
            }
        }
        if (least == Integer.MAX_VALUE) {
            throw new ModelLoadException("No context length in genai_config.json or config.json of '" + folder
                    + "'. Looked for a number under " + CONTEXT_KEYS + "; add one.");
        }
        return least;
    }

    private OptionalInt vocabSize() {
        JsonNode size = genai.has("vocab_size") ? genai.path("vocab_size") : config.path("vocab_size");
        return size.isInt() ? OptionalInt.of(size.intValue()) : OptionalInt.empty();
    }
}
