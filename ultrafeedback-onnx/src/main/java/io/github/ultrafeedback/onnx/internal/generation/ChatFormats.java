package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the format that turns chats into a model's text: the one in the options; else that of the UltraFeedback model
 * named; else the chat template of the model's folder. There is no other guess: a wrong prompt spoils a data set in
 * silence.
 */
final class ChatFormats {
    private final ModelRef model;
    private final GeneratorOptions options;
    private final String templateName;

    /** Takes the name of the template to use where a folder has several. */
    ChatFormats(ModelRef model, GeneratorOptions options, String templateName) {
        this.model = model;
        this.options = options;
        this.templateName = templateName;
    }

    /** The format, or null where the folder has no template and nothing else is known. */
    @Nullable PromptFormat choose(Map<String, String> templates, Map<String, String> specialTokens) {
        Optional<PromptFormat> fixed = options.promptFormat()
                .or(() -> UltraFeedbackModels.find(model.name()).flatMap(spec -> spec.format(options.promptProfile())));
        if (fixed.isPresent() || templates.isEmpty()) {
            refuseKwargs();
            return fixed.orElse(null);
        }
        String source = templates.get(templateName);
        if (source == null) {
            throw new ModelLoadException(
                    "The folder of '" + model + "' has no chat template named '" + templateName + "', only "
                            + new TreeSet<>(templates.keySet()) + ". Set OnnxSettings.chatTemplate to one of them.");
        }
        return new TemplateFormat(model, source, specialTokens, options.chatTemplateKwargs());
    }

    private void refuseKwargs() {
        if (!options.chatTemplateKwargs().isEmpty()) {
            throw new ModelLoadException("chatTemplateKwargs sets "
                    + options.chatTemplateKwargs().keySet() + ", but the prompts of '" + model
                    + "' are not made by a chat template of its folder. Leave chatTemplateKwargs out"
                    + (options.promptFormat().isPresent() ? ", or promptFormat." : "."));
        }
    }
}
