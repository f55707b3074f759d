package io.github.ultrafeedback.onnx.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.PromptFormats;
import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.chat.RenderedPrompt.Piece;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.model.PromptProfile;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import io.github.ultrafeedback.onnx.TinyModel;
import io.github.ultrafeedback.onnx.internal.model.ModelFolder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ChatFormatsTest {
    private static final ModelRef FOLDER = ModelRef.parse("onnx:somewhere");
    private static final Map<String, String> ONE = Map.of("default", "{{ messages[0]['content'] }}!");
    private static final List<Message> HELLO = List.of(Message.user("Hello"));

    @Test
    void theEmbeddedModelsTemplateRendersAsChatMl() {
        Map<String, String> templates = ModelFolder.open(TinyModel.FOLDER, null).chatTemplates();
        List<Message> chat =
                List.of(Message.system("Be brief."), Message.user("Hi"), Message.assistant("Ho"), HELLO.get(0));
        RenderedPrompt expected = PromptFormats.chatMl().render(chat);
        RenderedPrompt rendered =
                choose(FOLDER, GeneratorOptions.defaults(), templates).render(chat);
        assertThat(rendered.text()).isEqualTo(expected.text());
        assertThat(typed(rendered)).isEqualTo(typed(expected)).hasSize(4);
    }

    @Test
    void theOptionsOverruleTheFolder() {
        PromptFormat format = PromptFormats.smolLm2();
        GeneratorOptions options =
                GeneratorOptions.builder().promptFormat(format).build();
        assertThat(choose(FOLDER, options, ONE)).isSameAs(format);
    }

    @Test
    void anUltraFeedbackModelGetsTheFormatOfTheProfile() {
        GeneratorOptions original =
                GeneratorOptions.builder().promptProfile(PromptProfile.ORIGINAL).build();
        assertThat(choose(ModelRef.parse("vicuna-33b"), original, ONE))
                .isSameAs(UltraFeedbackModels.find("vicuna-33b")
                        .orElseThrow()
                        .format(PromptProfile.ORIGINAL)
                        .orElseThrow());
    }

    @Test
    void aNamedTemplateIsTakenAndAnUnknownNameListsWhatThereIs() {
        Map<String, String> two = Map.of("default", "a", "rag", "b{{ messages[0].content }}");
        ChatFormats rag = new ChatFormats(FOLDER, GeneratorOptions.defaults(), "rag");
        PromptFormat format = Objects.requireNonNull(rag.choose(two, Map.of()));
        assertThat(format.render(HELLO).text()).isEqualTo("bHello");
        ChatFormats unknown = new ChatFormats(FOLDER, GeneratorOptions.defaults(), "tool_use");
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> unknown.choose(two, Map.of()))
                .withMessageContainingAll("tool_use", "[default, rag]", "OnnxSettings.chatTemplate");
    }

    @Test
    void aFolderWithoutTemplateHasNoFormat() {
        assertThat(new ChatFormats(FOLDER, GeneratorOptions.defaults(), "default").choose(Map.of(), Map.of()))
                .isNull();
    }

    @Test
    void variablesReachTheTemplateOrAreRefused() {
        GeneratorOptions options = GeneratorOptions.builder()
                .chatTemplateKwargs(Map.of("enable_thinking", false))
                .build();
        Map<String, String> thinking =
                Map.of("default", "{{ 'no' if enable_thinking is false else 'yes' }}{{ messages[0].content }}");
        assertThat(choose(FOLDER, options, thinking).render(HELLO).text()).isEqualTo("noHello");
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> choose(ModelRef.parse("vicuna-33b"), options, thinking))
                .withMessageContainingAll("chatTemplateKwargs", "[enable_thinking]", "vicuna-33b");
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> new ChatFormats(FOLDER, options, "default").choose(Map.of(), Map.of()))
                .withMessageContaining("chatTemplateKwargs");
    }

    private static List<Piece> typed(RenderedPrompt prompt) {
        return prompt.pieces().stream().filter(piece -> !piece.template()).toList();
    }

    private static PromptFormat choose(ModelRef model, GeneratorOptions options, Map<String, String> templates) {
        return Objects.requireNonNull(new ChatFormats(model, options, "default").choose(templates, Map.of()));
    }
}
