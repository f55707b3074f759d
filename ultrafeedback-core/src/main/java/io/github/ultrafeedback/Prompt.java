package io.github.ultrafeedback;

import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.Role;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked: a chat, which the backend puts into the model's own format, or raw text, which it does not
 * touch. Immutable.
 */
public final class Prompt {
    private final @Nullable String id;
    private final List<Message> messages;
    private final @Nullable String rawText;

    private Prompt(@Nullable String id, List<Message> messages, @Nullable String rawText) {
        this.id = id;
        this.messages = messages;
        this.rawText = rawText;
    }

    /**
     * A single instruction.
     *
     * @param instruction the user's message; not empty
     * @return a chat of one message
     * @throws NullPointerException if {@code instruction} is null
     * @throws IllegalArgumentException if it is empty
     */
    public static Prompt of(String instruction) {
        return chat(List.of(Message.user(instruction)));
    }

    /**
     * A single instruction under a system text.
     *
     * @param system the system message; may be empty
     * @param instruction the user's message; not empty
     * @return a chat of two messages
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if {@code instruction} is empty
     */
    public static Prompt of(String system, String instruction) {
        return chat(List.of(Message.system(system), Message.user(instruction)));
    }

    /**
     * Text that goes to the tokenizer as it is: no template, and control tokens in it count.
     *
     * @param text the text; not empty
     * @return the prompt
     * @throws NullPointerException if {@code text} is null
     * @throws IllegalArgumentException if it is empty
     */
    public static Prompt raw(String text) {
        Objects.requireNonNull(text, "text must not be null");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text of a raw prompt must hold at least one character, got none");
        }
        return new Prompt(null, List.of(), text);
    }

    /**
     * A conversation that the model shall continue.
     *
     * @param messages the turns in order: at most one system message, first; a user's message last
     * @return the prompt
     * @throws NullPointerException if {@code messages} is or holds null
     * @throws IllegalArgumentException if there is none, a system message is not the first, or the last is not the
     *     user's
     */
    public static Prompt chat(List<Message> messages) {
        List<Message> turns = List.copyOf(messages);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("messages must hold at least one user message, got none");
        }
        if (turns.get(turns.size() - 1).role() != Role.USER) {
            throw new IllegalArgumentException("messages must end with a user message, got one by "
                    + turns.get(turns.size() - 1).role().wireName() + "; the model speaks next");
        }
        for (int i = 1; i < turns.size(); i++) {
            if (turns.get(i).role() == Role.SYSTEM) {
                throw new IllegalArgumentException(
                        "messages may hold a system message only at index 0, got one at index " + i
                                + "; join them into the first");
            }
        }
        return new Prompt(null, turns, null);
    }

    /**
     * The same prompt under an id, which addresses its seed and comes back in its completion.
     *
     * @param newId any text, unique within a list by custom, or null for none
     * @return a copy
     */
    public Prompt withId(@Nullable String newId) {
        return new Prompt(newId, messages, rawText);
    }

    /**
     * The caller's name for this prompt.
     *
     * @return the id, or null if it has none
     */
    public @Nullable String id() {
        return id;
    }

    /**
     * The turns of a chat.
     *
     * @return the messages; empty for a raw prompt
     */
    public List<Message> messages() {
        return messages;
    }

    /**
     * The text of a raw prompt.
     *
     * @return the text, or null for a chat
     */
    public @Nullable String rawText() {
        return rawText;
    }

    /**
     * Whether this is raw text rather than a chat.
     *
     * @return true if no template may be applied
     */
    public boolean isRaw() {
        return rawText != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Prompt that
                && Objects.equals(id, that.id)
                && messages.equals(that.messages)
                && Objects.equals(rawText, that.rawText);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, messages, rawText);
    }

    /** Names the prompt without its text, which belongs to the user and must not reach a log. */
    @Override
    public String toString() {
        String text = rawText;
        return text == null
                ? "Prompt[id=" + id + ", messages=" + messages.size() + "]"
                : "Prompt[id=" + id + ", chars=" + text.length() + "]";
    }
}
