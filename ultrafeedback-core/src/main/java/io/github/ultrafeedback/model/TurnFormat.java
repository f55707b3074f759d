package io.github.ultrafeedback.model;

import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.chat.Role;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A format made of fixed marks around each turn. What the caller wrote, the system message included, stays plain text
 * whatever control tokens it spells; an empty system message counts as none.
 */
final class TurnFormat implements PromptFormat {
    private final String name;
    private final Opening opening;
    private final Marks user;
    private final @Nullable Marks assistant;
    private final String end;

    /** The text before and after a turn. */
    record Marks(String before, String after) {}

    /**
     * How a conversation starts.
     *
     * @param head the format's own system text with its mark, always written
     * @param system the marks around the caller's system message, written only where there is one
     * @param tail what closes the system text, always written
     */
    record Opening(String head, Marks system, String tail) {}

    /**
     * Takes null for {@code assistant} where the model was trained on single turns, or on none that is written down.
     */
    TurnFormat(String name, Opening opening, Marks user, @Nullable Marks assistant, String end) {
        this.name = name;
        this.opening = opening;
        this.user = user;
        this.assistant = assistant;
        this.end = end;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RenderedPrompt render(List<Message> messages) {
        boolean hasSystem = !messages.isEmpty() && messages.get(0).role() == Role.SYSTEM;
        List<Message> turns = hasSystem ? messages.subList(1, messages.size()) : messages;
        checkOrder(messages, turns);
        RenderedPrompt.Builder prompt = RenderedPrompt.builder().template(opening.head());
        if (hasSystem && !messages.get(0).content().isEmpty()) {
            write(prompt, opening.system(), messages.get(0));
        }
        prompt.template(opening.tail());
        for (Message turn : turns) {
            Marks marks = turn.role() == Role.USER ? user : assistantMarks(messages);
            write(prompt, marks, turn);
        }
        return prompt.template(end).build();
    }

    private static void write(RenderedPrompt.Builder prompt, Marks marks, Message message) {
        prompt.template(marks.before()).user(message.content()).template(marks.after());
    }

    private void checkOrder(List<Message> messages, List<Message> turns) {
        boolean inOrder = turns.size() % 2 == 1;
        for (int i = 0; i < turns.size(); i++) {
            inOrder &= turns.get(i).role() == (i % 2 == 0 ? Role.USER : Role.ASSISTANT);
        }
        if (!inOrder) {
            throw refused("user and assistant in turn, the user first and last, after at most one system", messages);
        }
    }

    private Marks assistantMarks(List<Message> messages) {
        Marks marks = assistant;
        if (marks == null) {
            throw refused("one user message, after at most one system message", messages);
        }
        return marks;
    }

    private InvalidRequestException refused(String allowed, List<Message> messages) {
        return new InvalidRequestException("messages must be " + allowed + ", for the format '" + name + "', got "
                + roles(messages) + "; leave earlier turns out, or set GeneratorOptions.promptFormat");
    }

    /** Who speaks, for a message that must not hold what is said. */
    static String roles(List<Message> messages) {
        return messages.stream().map(message -> message.role().wireName()).collect(Collectors.joining(", ", "[", "]"));
    }
}
