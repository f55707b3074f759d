package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.onnx.OnnxGenerator;
import io.github.ultrafeedback.onnx.OnnxSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchGeneratorProviderTest {
    private static final GeneratorOptions PLAIN = GeneratorOptions.builder()
            .settings(OnnxSettings.builder().graph("model_plain.onnx").build())
            .build();

    @Test
    void aFolderIsRunInBatchesWhereItsGraphCan() {
        try (Generator generator = Generators.forModel(TinyModel.FOLDER.toString())) {
            assertThat(generator).isInstanceOf(BatchGenerator.class);
            assertThat(generator.model().name()).isEqualTo(TinyModel.FOLDER.toString());
        }
    }

    @Test
    void aPlainGraphGoesToTheSequentialBackend() {
        try (Generator generator = Generators.forModel(TinyModel.FOLDER.toString(), PLAIN)) {
            assertThat(generator).isInstanceOf(OnnxGenerator.class);
        }
    }

    @Test
    void aPlainGraphIsRefusedByNameWithTheWayOut() {
        assertThatThrownBy(() -> Generators.forModel("batch:" + TinyModel.FOLDER, PLAIN))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("'onnx:" + TinyModel.FOLDER + "'")
                .hasMessageContaining("GroupQueryAttention")
                .hasMessageContaining("export");
    }

    @Test
    void aFolderThatIsNoModelIsLeftToOthers(@TempDir Path empty) {
        BatchGeneratorProvider provider = new BatchGeneratorProvider();
        assertThat(provider.supports(ModelRef.parse(empty.toString()), GeneratorOptions.defaults()))
                .isFalse();
        assertThat(provider.supports(ModelRef.parse("gpt-4"), GeneratorOptions.defaults()))
                .isFalse();
        assertThatThrownBy(() -> Generators.forModel("batch:" + empty.resolve("none")))
                .isInstanceOf(ModelNotFoundException.class);
    }
}
