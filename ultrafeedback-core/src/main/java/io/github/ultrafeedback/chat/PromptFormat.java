package io.github.ultrafeedback.chat;

import java.util.List;

/**
 * Turns chat messages into the text that a model was trained to continue. Implementations are immutable and safe for
 * concurrent use.
 */
public interface PromptFormat {

    /**
     * The name that settings and error messages use.
     *
     * @return a short lower-case name, for example {@code vicuna} or {@code chatml}
     */
    String name();

    /**
     * Renders a conversation up to the point where the model speaks.
     *
     * @param messages the conversation in order, ending with a user's message; not empty
     * @return the text, with the pieces that the format wrote marked
     * @throws io.github.ultrafeedback.error.InvalidRequestException if the format has no place for one of the messages,
     *     for example a second turn in a single-turn format
     */
    RenderedPrompt render(List<Message> messages);
}
