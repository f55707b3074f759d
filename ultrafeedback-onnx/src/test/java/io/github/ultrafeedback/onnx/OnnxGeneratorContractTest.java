package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.testkit.GeneratorContract;

final class OnnxGeneratorContractTest extends GeneratorContract {
    @Override
    protected Generator open(GeneratorOptions options) {
        return Generators.forModel("onnx:" + TinyModel.FOLDER, options);
    }
}
