package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.ModelNotFoundException;
import io.github.ultrafeedback.error.ModelNotRunnableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelLocationTest {
    private static final GeneratorOptions DEFAULTS = GeneratorOptions.defaults();
    private static final String LLAMA = "llama-2-7b-chat";

    @TempDir
    private Path folder;

    @AfterEach
    void clear() {
        System.clearProperty(ModelLocation.PROPERTY);
    }

    @Test
    void theFolderInTheOptionsGoesFirst() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        GeneratorOptions options = GeneratorOptions.builder().modelPath(other).build();
        assertThat(ModelLocation.find(new ModelRef(null, folder.toString()), options))
                .contains(other);
    }

    @Test
    void aFolderInTheOptionsThatIsNotThereIsNotReplacedByAnother() {
        GeneratorOptions options =
                GeneratorOptions.builder().modelPath(folder.resolve("gone")).build();
        assertThat(ModelLocation.find(new ModelRef(null, folder.toString()), options))
                .isEmpty();
    }

    @Test
    void anExistingFolderIsAModel() {
        assertThat(ModelLocation.find(new ModelRef("onnx", folder.toString()), DEFAULTS))
                .contains(folder);
        assertThat(ModelLocation.find(new ModelRef(null, folder + "/gone"), DEFAULTS))
                .isEmpty();
    }

    @Test
    void aFileIsNoModel() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "");
        assertThat(ModelLocation.find(new ModelRef(null, file.toString()), DEFAULTS))
                .isEmpty();
    }

    @Test
    void aNameThatIsNoFileNameIsNoFolder() {
        assertThat(ModelLocation.find(new ModelRef(null, "a\0b"), DEFAULTS)).isEmpty();
    }

    @Test
    void onlyAnIdOfUltraFeedbacksIsLookedForAmongTheModels() throws IOException {
        Files.createDirectory(folder.resolve("some-model"));
        System.setProperty(ModelLocation.PROPERTY, folder.toString());
        assertThat(ModelLocation.find(new ModelRef(null, "some-model"), DEFAULTS))
                .isEmpty();
    }

    @Test
    void aKnownIdIsLookedForInTheFolderOfModels() throws IOException {
        Path llama = Files.createDirectory(folder.resolve(LLAMA));
        System.setProperty(ModelLocation.PROPERTY, folder.toString());
        assertThat(ModelLocation.find(new ModelRef(null, LLAMA), DEFAULTS)).contains(llama);
    }

    @Test
    void aFolderHereNamedLikeAKnownIdIsNotTakenForIt() throws IOException {
        Path llama = Files.createDirectory(folder.resolve(LLAMA));
        Path here = Files.createDirectory(Path.of(LLAMA));
        try {
            assertThat(ModelLocation.find(new ModelRef(null, LLAMA), DEFAULTS)).isEmpty();
            System.setProperty(ModelLocation.PROPERTY, folder.toString());
            assertThat(ModelLocation.find(new ModelRef(null, LLAMA), DEFAULTS)).contains(llama);
            assertThat(ModelLocation.find(new ModelRef(null, "./" + LLAMA), DEFAULTS))
                    .contains(Path.of("./" + LLAMA));
        } finally {
            Files.delete(here);
        }
    }

    @Test
    void aKnownIdWithoutAFolderNamesPropertyVariableAndCheckpoint() {
        System.setProperty(ModelLocation.PROPERTY, folder.toString());
        assertThatThrownBy(() ->
                        Generators.builder().providers(List.of()).model(LLAMA).open())
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("No folder for '" + LLAMA + "' was found")
                .hasMessageContaining("ultrafeedback.models")
                .hasMessageContaining("ULTRAFEEDBACK_MODELS")
                .hasMessageContaining("meta-llama/Llama-2-7b-chat-hf")
                .hasMessageContaining("ultrafeedback-onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bard", "pythia-12b"})
    void aModelThatNobodyCanRunHasAnErrorOfItsOwn(String id) {
        NamedProvider all = new NamedProvider("all", 0, model -> true);
        assertThatThrownBy(() ->
                        Generators.builder().providers(List.of(all)).model(id).open())
                .isInstanceOf(ModelNotRunnableException.class)
                .hasMessageContaining("'" + id + "' cannot be run");
    }
}
