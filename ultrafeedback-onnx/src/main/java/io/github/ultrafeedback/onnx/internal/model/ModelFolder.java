package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a language model, read but not loaded: which graph, which special tokens, which chat template. Knows
 * three layouts, tried in this order: {@code genai_config.json} (onnxruntime-genai), {@code config.json} with
 * {@code onnx/*.onnx} (transformers.js), {@code config.json} with {@code model.onnx} (optimum). Immutable.
 */
public final class ModelFolder {
    static final String GENAI_CONFIG = "genai_config.json";
    static final String CONFIG = "config.json";

    private final Path path;
    private final Path graph;
    private final ModelConfig config;
    private final Map<String, String> chatTemplates;

    private ModelFolder(Path path, Path graph, ModelConfig config, Map<String, String> chatTemplates) {
        this.path = path;
        this.graph = graph;
        this.config = config;
        this.chatTemplates = chatTemplates;
    }

    /**
     * Reads a folder.
     *
     * @param folder the folder
     * @param graphFile the graph to take, relative to the folder or to its subfolder {@code onnx}; null takes the one
     *     that {@code genai_config.json} names, else {@code model.onnx}, else the only one
     * @return what the folder says
     * @throws ModelLoadException if the folder has none of the known layouts, a file is missing or broken, the choice
     *     of the graph is not clear, or the model is no decoder-only language model
     */
    public static ModelFolder open(Path folder, @Nullable String graphFile) {
        if (!Files.isDirectory(folder)) {
            throw new ModelLoadException("'" + folder + "' is not a folder. Name the folder of a model.");
        }
        boolean genai = Files.isRegularFile(folder.resolve(GENAI_CONFIG));
        if (!genai && !Files.isRegularFile(folder.resolve(CONFIG))) {
            throw unknown(folder);
        }
        ConfigReader reader = new ConfigReader(folder);
        GraphChoice choice = new GraphChoice(folder);
        ModelConfig config = reader.read();
        Path graph = graphFile != null
                ? choice.named(graphFile)
                : genai ? choice.genai(reader.genaiFileName()) : choice.huggingFace();
        if (graph == null) {
            throw unknown(folder);
        }
        return new ModelFolder(folder, graph, config, ChatTemplates.read(folder));
    }

    private static ModelLoadException unknown(Path folder) {
        return new ModelLoadException(
                "'" + folder + "' is not a model folder. Looked for genai_config.json; for"
                        + " config.json with onnx/*.onnx; and for config.json with model.onnx. Export the model to ONNX first.");
    }

    /**
     * The folder.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    /**
     * The graph to open.
     *
     * @return an existing {@code .onnx} file inside the folder
     */
    public Path graph() {
        return graph;
    }

    /**
     * The configuration.
     *
     * @return special tokens and limits
     */
    public ModelConfig config() {
        return config;
    }

    /**
     * The model's chat template.
     *
     * @return the Jinja text as it stands in the file, or empty where the model has none
     */
    public Optional<String> chatTemplate() {
        return Optional.ofNullable(chatTemplates.get(ChatTemplates.DEFAULT));
    }

    /**
     * All chat templates by name.
     *
     * @return an unmodifiable map; the usual one is called {@code default}
     */
    public Map<String, String> chatTemplates() {
        return Map.copyOf(chatTemplates);
    }

    /**
     * Whether sequences of different lengths can run at once. Reads the graph's file, without its weights.
     *
     * @return true if the graph has GroupQueryAttention
     * @throws ModelLoadException if the file is no whole graph
     */
    public boolean hasGroupQueryAttention() {
        return OnnxFile.read(graph).count("GroupQueryAttention") > 0;
    }
}
