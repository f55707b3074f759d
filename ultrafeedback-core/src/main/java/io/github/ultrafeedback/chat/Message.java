package io.github.ultrafeedback.chat;

import java.util.Objects;

/**
 * One turn of a chat.
 *
 * @param role who speaks
 * @param content what is said, never trimmed or escaped; may be empty, except for {@link Role#USER}
 */
public record Message(Role role, String content) {
    /**
     * Checks the turn.
     *
     * @throws NullPointerException if {@code role} or {@code content} is null
     * @throws IllegalArgumentException if a user's {@code content} is empty
     */
    public Message {
        Objects.requireNonNull(role, "role must not be null");
        Objects.requireNonNull(content, "content must not be null");
        if (role == Role.USER && content.isEmpty()) {
            throw new IllegalArgumentException(
                    "content of a user message must hold at least one character, got none; leave the message out");
        }
    }

    /**
     * A system message.
     *
     * @param content the standing orders; may be empty
     * @return the message
     */
    public static Message system(String content) {
        return new Message(Role.SYSTEM, content);
    }

    /**
     * A user's message.
     *
     * @param content the question; not empty
     * @return the message
     * @throws IllegalArgumentException if {@code content} is empty
     */
    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    /**
     * An earlier answer of the model.
     *
     * @param content the answer; may be empty
     * @return the message
     */
    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }

    /** Names the turn without its content, which belongs to the user and must not reach a log. */
    @Override
    public String toString() {
        return "Message[role=" + role.wireName() + ", chars=" + content.length() + "]";
    }
}
