package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.GeneratorProvider;
import io.github.ultrafeedback.ModelLocation;
import io.github.ultrafeedback.ModelRef;

/** Opens {@link OnnxGenerator} for {@code onnx:<folder>}, and for a folder that no faster backend takes. */
public final class OnnxGeneratorProvider implements GeneratorProvider {

    /** For {@link java.util.ServiceLoader}. */
    public OnnxGeneratorProvider() {}

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public String describe() {
        return "folders with an ONNX model, or ids of the UltraFeedback models that have one";
    }

    @Override
    public boolean supports(ModelRef model, GeneratorOptions options) {
        return ModelLocation.find(model, options).isPresent();
    }

    @Override
    public Generator open(ModelRef model, GeneratorOptions options) {
        return OnnxGenerator.open(model, options);
    }
}
