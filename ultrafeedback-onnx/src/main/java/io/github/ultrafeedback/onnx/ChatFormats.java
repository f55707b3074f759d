package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.PromptFormats;
import io.github.ultrafeedback.model.UltraFeedbackModels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the format that turns chats into a model's text: the one in the options; else that of the UltraFeedback model
 * named; else the one whose chat template the folder holds, byte for byte. A template that is not known is never
 * guessed at: a wrong prompt spoils a data set in silence.
 */
final class ChatFormats {
    /** SHA-256 of a chat template's UTF-8 bytes, and the format that renders the same text. */
    private static final Map<String, PromptFormat> BY_TEMPLATE = Map.of(
            "17762d2e5131cb2a950db7dd5700c50095547773d3302b52baebe9ae32257a55", PromptFormats.chatMl(),
            "872be49dbb638044ad01b60388f48d469ff2980e5f0dccdc22ec907db54d0788", PromptFormats.smolLm2());

    private ChatFormats() {}

    static @Nullable PromptFormat choose(ModelRef model, @Nullable String chatTemplate, GeneratorOptions options) {
        if (options.promptFormat().isPresent()) {
            return options.promptFormat().get();
        }
        Optional<PromptFormat> known =
                UltraFeedbackModels.find(model.name()).flatMap(spec -> spec.format(options.promptProfile()));
        if (known.isPresent()) {
            return known.get();
        }
        return chatTemplate == null ? null : BY_TEMPLATE.get(sha256(chatTemplate));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
