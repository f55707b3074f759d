package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.testkit.GeneratorContract;

final class BatchGeneratorContractTest extends GeneratorContract {
    @Override
    protected Generator open(GeneratorOptions options) {
        return Generators.forModel("batch:" + TinyModel.FOLDER, options);
    }
}
