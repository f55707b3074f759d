package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.template.ChatTemplate;
import io.github.ultrafeedback.template.RenderedTemplate;
import io.github.ultrafeedback.template.RenderedTemplate.Span;
import io.github.ultrafeedback.template.TemplateException;
import io.github.ultrafeedback.template.TemplateRaisedException;
import io.github.ultrafeedback.template.TemplateText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's own chat template. It sees the variables that {@code apply_chat_template} of transformers gives it:
 * {@code messages}, {@code add_generation_prompt} true, {@code tools} and {@code documents} none, the special tokens by
 * their roles, and the caller's own, which win.
 *
 * <p>Control tokens count where the template's text, a special token or a role wrote them; what a message or one of the
 * caller's variables holds stays plain text.
 */
final class TemplateFormat implements PromptFormat {
    /** What the record of a completion calls it. */
    static final String NAME = "chat_template";

    private final ModelRef model;
    private final ChatTemplate template;
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();

    /** Takes the special tokens by role, as {@code bos_token}, and the caller's variables. */
    TemplateFormat(
            ModelRef model, String source, Map<String, String> specialTokens, Map<String, @Nullable Object> kwargs) {
        this.model = model;
        try {
            template = ChatTemplate.parse(source, model.toString());
        } catch (TemplateException e) {
            throw new ModelLoadException(
                    "The chat template of '" + model + "' cannot be used: " + e.getMessage()
                            + " Set GeneratorOptions.promptFormat to one of PromptFormats, or pass Prompt.raw.",
                    e);
        }
        variables.put("tools", null);
        variables.put("documents", null);
        variables.put("add_generation_prompt", true);
        specialTokens.forEach((role, token) -> variables.put(role, new TemplateText(token)));
        variables.putAll(kwargs);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RenderedPrompt render(List<Message> messages) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>(variables);
        context.put("messages", messages.stream().map(TemplateFormat::turn).toList());
        try {
            return prompt(template.renderTracked(context));
        } catch (TemplateRaisedException e) { // its own message may repeat the chat, so it is no cause of ours
            throw new InvalidRequestException("The chat template of '" + model + "' refuses the chat: "
                    + e.withoutValues() + " (line " + e.line() + ")");
        } catch (TemplateException e) {
            throw new InvalidRequestException("The chat template of '" + model + "' fails: " + e.getMessage());
        }
    }

    private RenderedPrompt prompt(RenderedTemplate rendered) {
        RenderedPrompt.Builder prompt = RenderedPrompt.builder();
        if (rendered.text().isEmpty()) {
            throw new InvalidRequestException("The chat template of '" + model + "' writes nothing for the chat.");
        }
        for (Span span : rendered.spans()) {
            String text = rendered.text().substring(span.start(), span.end());
            if (span.fromTemplate()) {
                prompt.template(text);
            } else {
                prompt.user(text);
            }
        }
        return prompt.build();
    }

    private static Map<String, Object> turn(Message message) {
        Map<String, Object> turn = new LinkedHashMap<>();
        turn.put("role", new TemplateText(message.role().wireName()));
        turn.put("content", message.content());
        return turn;
    }
}
