package io.github.ultrafeedback.onnx.internal.generation;

import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import org.jspecify.annotations.Nullable;

/** From a prompt to the ids that the model reads. Thread-safe. */
public final class PromptEncoder {
    private final Tokenizer tokenizer;
    private final @Nullable PromptFormat format;

    /** Takes the format of the model's chats, or null if it is not known. */
    PromptEncoder(Tokenizer tokenizer, @Nullable PromptFormat format) {
        this.tokenizer = tokenizer;
        this.format = format;
    }

    /**
     * Renders a chat and encodes it; raw text is encoded as it is.
     *
     * @param prompt a chat or raw text
     * @return its ids, at least one
     * @throws InvalidRequestException if there is nothing to encode, or no format for a chat
     */
    public int[] encode(Prompt prompt) {
        String raw = prompt.rawText();
        int[] ids = raw != null ? tokenizer.encodeRaw(raw) : encodeChat(known().render(prompt.messages()));
        if (ids.length == 0) {
            throw new InvalidRequestException("The prompt has no tokens: its text is empty to this model's tokenizer."
                    + " Write at least one visible character.");
        }
        return ids;
    }

    /** A template writes BOS itself where the model wants it, so transformers adds none to its text. */
    private int[] encodeChat(RenderedPrompt chat) {
        return format instanceof TemplateFormat ? tokenizer.encodeWhole(chat) : tokenizer.encode(chat);
    }

    /**
     * The name of the format, for the record.
     *
     * @return {@code none} where no format is known
     */
    public String formatName() {
        return format == null ? "none" : format.name();
    }

    private PromptFormat known() {
        if (format == null) {
            throw new InvalidRequestException(
                    "The prompt is a chat, and this model's folder has no chat template. Set GeneratorOptions.promptFormat"
                            + " to the format the model was trained with (PromptFormats and UltraFeedbackModels have"
                            + " some), or render the prompt yourself and pass Prompt.raw.");
        }
        return format;
    }
}
