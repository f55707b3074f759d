package io.github.ultrafeedback.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.PromptFormats;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import org.junit.jupiter.api.Test;

final class ChatFormatsTest {
    private static final ModelRef FOLDER = ModelRef.parse("onnx:somewhere");

    @Test
    void theEmbeddedModelsTemplateIsKnown() {
        String template =
                ModelFolder.open(TinyModel.FOLDER, null).chatTemplate().orElseThrow();
        assertThat(ChatFormats.choose(FOLDER, template, GeneratorOptions.defaults()))
                .isSameAs(PromptFormats.chatMl());
        assertThat(ChatFormats.choose(FOLDER, template + " ", GeneratorOptions.defaults()))
                .as("a template that differs by one space is another template")
                .isNull();
    }

    @Test
    void theOptionsOverruleTheFolder() {
        PromptFormat format = PromptFormats.smolLm2();
        String template =
                ModelFolder.open(TinyModel.FOLDER, null).chatTemplate().orElseThrow();
        assertThat(ChatFormats.choose(
                        FOLDER,
                        template,
                        GeneratorOptions.builder().promptFormat(format).build()))
                .isSameAs(format);
    }

    @Test
    void anUltraFeedbackModelGetsTheFormatOfTheProfile() {
        ModelRef vicuna = ModelRef.parse("vicuna-33b");
        GeneratorOptions original =
                GeneratorOptions.builder().promptProfile(PromptProfile.ORIGINAL).build();
        assertThat(ChatFormats.choose(vicuna, null, original))
                .isSameAs(UltraFeedbackModels.find("vicuna-33b")
                        .orElseThrow()
                        .format(PromptProfile.ORIGINAL)
                        .orElseThrow());
    }
}
