package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.chat.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Names the lines of a batch: a hash of the prompt's id and of the prompt. It fits into 64 characters whatever the id
 * is, tells nobody the id, and never joins an answer to a prompt that was changed since.
 */
final class CustomIds {
    private static final int BYTES = 18; // 24 characters: chance makes no two equal

    private CustomIds() {}

    static String of(Prompt prompt) {
        MessageDigest digest = sha256();
        add(digest, String.valueOf(prompt.id()));
        String raw = prompt.rawText();
        add(digest, raw == null ? "chat" : "raw");
        if (raw != null) {
            add(digest, raw);
        }
        for (Message message : prompt.messages()) {
            add(digest, message.role().wireName());
            add(digest, message.content());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }

    /** Each text with its length, so that no two lists of texts run together into the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
