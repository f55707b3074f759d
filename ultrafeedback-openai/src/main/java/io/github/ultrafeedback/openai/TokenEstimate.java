package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.chat.Message;

/**
 * How many tokens a request may take, as the limits of servers count: its prompt, by length, and all of the answer that
 * it asks for. Takes the total, and the part of it that is certain.
 */
record TokenEstimate(long total, long certain) {
    private static final int BYTES_A_TOKEN = 4; // of UTF-8, which suits scripts other than Latin better than characters
    private static final int MESSAGE = 4; // role and borders

    static TokenEstimate of(ChatCall call) {
        String raw = call.prompt().rawText();
        long prompt = 0;
        if (raw != null) {
            prompt = tokens(raw);
        } else {
            for (Message message : call.prompt().messages()) {
                prompt += tokens(message.content()) + MESSAGE;
            }
        }
        long answer = (long) call.params().maxTokens() * call.params().n();
        return new TokenEstimate(prompt + answer, answer);
    }

    private static long tokens(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}
