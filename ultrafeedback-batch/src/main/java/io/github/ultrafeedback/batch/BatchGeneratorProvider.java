package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.GeneratorProvider;
import io.github.ultrafeedback.ModelLocation;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.onnx.OnnxSettings;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import java.nio.file.Path;

/** Opens {@link BatchGenerator} for {@code batch:<folder>}, and for a folder whose graph can run in slots. */
public final class BatchGeneratorProvider implements GeneratorProvider {

    /** For {@link java.util.ServiceLoader}. */
    public BatchGeneratorProvider() {}

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public String describe() {
        return "folders with an ONNX model that has GroupQueryAttention, many prompts at once";
    }

    @Override
    public boolean supports(ModelRef model, GeneratorOptions options) {
        return ModelLocation.find(model, options)
                .filter(folder -> runsInSlots(folder, options))
                .isPresent();
    }

    /** Reads the graph without its weights. */
    private static boolean runsInSlots(Path folder, GeneratorOptions options) {
        String graph = options.settings(OnnxSettings.class)
                .orElseGet(OnnxSettings::defaults)
                .graph();
        try {
            return ModelFolder.open(folder, graph).hasGroupQueryAttention();
        } catch (GenerationException e) { // the sequential backend says what is wrong with it
            return false;
        }
    }

    /** Before the sequential backend's. */
    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Generator open(ModelRef model, GeneratorOptions options) {
        return BatchGenerator.open(model, options);
    }
}
