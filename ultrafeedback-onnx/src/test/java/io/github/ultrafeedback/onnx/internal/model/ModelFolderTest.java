package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFolderTest {
    private static final String GENAI = """
            {"model": {"type": "llama", "context_length": 2048, "vocab_size": 100, "bos_token_id": 1,
              "eos_token_id": [2, 7], "decoder": {"filename": "decoder.onnx"}}}""";
    private static final String CONFIG = """
            {"model_type": "qwen2", "max_position_embeddings": 512, "vocab_size": 90, "eos_token_id": 3}""";

    @TempDir
    Path folder;

    @Test
    void theEmbeddedModelIsRead() {
        ModelFolder tiny = ModelFolder.open(TinyModel.folder(), null);
        assertThat(tiny.graph()).hasFileName("model.onnx");
        assertThat(tiny.config().architecture()).isEqualTo("llama");
        assertThat(tiny.config().contextLength()).isEqualTo(1024);
        assertThat(tiny.config().vocabSize()).hasValue(4096);
        assertThat(tiny.config().eosTokenIds()).isNotEmpty();
        assertThat(tiny.chatTemplate())
                .hasValueSatisfying(text -> assertThat(text).contains("messages"));
        assertThat(tiny.path()).isEqualTo(TinyModel.folder());
    }

    @Test
    void genaiConfigComesFirst() throws IOException {
        write("genai_config.json", GENAI);
        write("config.json", CONFIG);
        write("decoder.onnx", "");
        write("model.onnx", "");
        ModelFolder model = ModelFolder.open(folder, null);
        assertThat(model.graph()).isEqualTo(folder.resolve("decoder.onnx"));
        assertThat(model.config().architecture()).isEqualTo("llama");
        assertThat(model.config().eosTokenIds()).containsExactly(2, 7);
        assertThat(model.config().bosTokenId()).hasValue(1);
        assertThat(model.config().contextLength()).as("the smaller of the two").isEqualTo(512);
    }

    @Test
    void aNegativeEndTokenIsNone() throws IOException {
        write("model.onnx", "");
        write("config.json", CONFIG.replace("\"eos_token_id\": 3", "\"eos_token_id\": [-1, 3]"));
        assertThat(ModelFolder.open(folder, null).config().eosTokenIds()).containsExactly(3);
        write("config.json", CONFIG.replace("\"eos_token_id\": 3", "\"eos_token_id\": -1"));
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> ModelFolder.open(folder, null))
                .withMessageContaining("No eos_token_id");
    }

    @Test
    void theSubfolderOnnxComesBeforeTheRoot() throws IOException {
        write("config.json", CONFIG);
        write("model.onnx", "");
        write("onnx/model.onnx", "");
        write("onnx/model_q4.onnx", "");
        ModelFolder model = ModelFolder.open(folder, null);
        assertThat(model.graph()).isEqualTo(folder.resolve("onnx/model.onnx"));
        assertThat(model.config().bosTokenId()).isEmpty();
        assertThat(ModelFolder.open(folder, "model_q4.onnx").graph()).hasFileName("model_q4.onnx");
        assertThat(ModelFolder.open(folder, "onnx/model_q4.onnx").graph()).hasFileName("model_q4.onnx");
    }

    @Test
    void theRootComesLastAndGenerationConfigHasTheIds() throws IOException {
        write("config.json", CONFIG);
        write("generation_config.json", "{\"eos_token_id\": [5, 6], \"max_length\": 20}");
        write("model.onnx", "");
        ModelFolder model = ModelFolder.open(folder, null);
        assertThat(model.graph()).isEqualTo(folder.resolve("model.onnx"));
        assertThat(model.config().eosTokenIds()).containsExactly(5, 6);
        assertThat(model.config().contextLength()).isEqualTo(512);
    }

    @Test
    void aFolderOfNoKnownLayoutSaysWhatWasLookedFor() throws IOException {
        refused().withMessageContaining("genai_config.json").withMessageContaining("onnx/*.onnx");
        write("config.json", CONFIG);
        refused().withMessageContaining("config.json with model.onnx");
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> ModelFolder.open(folder.resolve("nowhere"), null))
                .withMessageContaining("not a folder");
    }

    @Test
    void severalGraphsWithoutAUsualNameAreListedWithTheWayToChoose() throws IOException {
        write("config.json", CONFIG);
        write("onnx/model_q4.onnx", "");
        write("onnx/model_fp16.onnx", "");
        refused().withMessageContaining("[model_fp16.onnx, model_q4.onnx]").withMessageContaining("graphFile");
        Files.delete(folder.resolve("onnx/model_q4.onnx"));
        assertThat(ModelFolder.open(folder, null).graph()).hasFileName("model_fp16.onnx");
    }

    @Test
    void aNamedGraphMustLieInTheFolder() throws IOException {
        write("config.json", CONFIG);
        write("model.onnx", "");
        for (String name : new String[] {"missing.onnx", "../secret.onnx", "/etc/passwd"}) {
            assertThatExceptionOfType(ModelLoadException.class)
                    .isThrownBy(() -> ModelFolder.open(folder, name))
                    .withMessageContaining(name)
                    .withMessageContaining("[model.onnx]");
        }
    }

    @Test
    void aGraphThatGenaiConfigNamesMustBeThere() throws IOException {
        write("genai_config.json", GENAI);
        write("other.onnx", "");
        refused().withMessageContaining("decoder.onnx").withMessageContaining("[other.onnx]");
    }

    @Test
    void encoderDecodersAreRefusedByConfigurationAndByFiles() throws IOException {
        write("config.json", "{\"model_type\": \"t5\", \"is_encoder_decoder\": true, \"n_positions\": 512}");
        write("model.onnx", "");
        refused().withMessageContaining("encoder-decoder").withMessageContaining("t5");
        write("config.json", CONFIG);
        write("onnx/encoder_model.onnx", "");
        write("onnx/decoder_model_merged.onnx", "");
        refused().withMessageContaining("encoder-decoder").withMessageContaining("encoder_model.onnx");
        write("genai_config.json", "{\"model\": {\"type\": \"whisper\", \"encoder\": {}}}");
        refused().withMessageContaining("encoder-decoder");
    }

    @Test
    void multimodalAndPipelinedModelsAreRefused() throws IOException {
        write("genai_config.json", "{\"model\": {\"vision\": {}}}");
        refused().withMessageContaining("model.vision");
        write("genai_config.json", "{\"model\": {\"decoder\": {\"pipeline\": []}}}");
        refused().withMessageContaining("pipeline");
    }

    @Test
    void aBrokenConfigurationNamesFileAndLine() throws IOException {
        write("config.json", "{\n  \"model_type\": oops\n}");
        refused().withMessageContaining("config.json").withMessageContaining("line 2");
    }

    @Test
    void missingNumbersSayWhereTheyWereLookedFor() throws IOException {
        write("model.onnx", "");
        write("config.json", "{\"max_position_embeddings\": 512}");
        refused().withMessageContaining("eos_token_id").withMessageContaining("generation_config.json");
        write("config.json", "{\"eos_token_id\": 3}");
        refused().withMessageContaining("max_position_embeddings");
    }

    @Test
    void chatTemplatesComeAsOneTextAsNamedTextsOrAsAFile() throws IOException {
        write("config.json", CONFIG);
        write("model.onnx", "");
        assertThat(ModelFolder.open(folder, null).chatTemplate()).isEmpty();
        write("tokenizer_config.json", "{\"chat_template\": \"{{ a }}\\n\"}");
        assertThat(ModelFolder.open(folder, null).chatTemplate()).hasValue("{{ a }}\n");
        write("tokenizer_config.json", """
                {"chat_template": [{"name": "default", "template": "{{ b }}"}, {"name": "tool_use", "template": "{{ c }}"}]}""");
        assertThat(ModelFolder.open(folder, null).chatTemplate()).hasValue("{{ b }}");
        assertThat(ModelFolder.open(folder, null).chatTemplates()).containsEntry("tool_use", "{{ c }}");
        write("chat_template.jinja", "{{ d }}");
        assertThat(ModelFolder.open(folder, null).chatTemplate()).hasValue("{{ d }}");
    }

    private ThrowableAssertAlternative<ModelLoadException> refused() {
        return assertThatExceptionOfType(ModelLoadException.class).isThrownBy(() -> ModelFolder.open(folder, null));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
