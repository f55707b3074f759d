package io.github.ultrafeedback.chat;

import java.util.List;

/**
 * ChatML: each turn stands between {@code <|im_start|>role} and {@code <|im_end|>}. The format of the embedded model,
 * of Qwen and of SmolLM2.
 *
 * <p>Source: OpenAI's description of Chat Markup Language; models differ only in what they say when no system message
 * is given.
 */
final class ChatMl implements PromptFormat {
    private final String name;
    private final String defaultSystem;

    /** Takes the system text to write where a conversation has none; empty writes no system turn. */
    ChatMl(String name, String defaultSystem) {
        this.name = name;
        this.defaultSystem = defaultSystem;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RenderedPrompt render(List<Message> messages) {
        RenderedPrompt.Builder prompt = RenderedPrompt.builder();
        if (messages.get(0).role() != Role.SYSTEM && !defaultSystem.isEmpty()) {
            prompt.template("<|im_start|>system\n" + defaultSystem + "<|im_end|>\n");
        }
        for (Message message : messages) {
            prompt.template("<|im_start|>" + message.role().wireName() + "\n");
            prompt.user(message.content()).template("<|im_end|>\n");
        }
        return prompt.template("<|im_start|>assistant\n").build();
    }
}
