package io.github.ultrafeedback.model;

import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.chat.Role;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.List;

/**
 * A prompt of the published scripts, to the byte: three fixed texts with the principle and the instruction between
 * them, inserted raw.
 *
 * <p>The scripts tokenized the finished string with control tokens on, the user's included. So all of it is template
 * text here, and who types {@code </s>} ends the turn. A conversation without a system message has the empty principle,
 * which the scripts never had.
 */
final class OriginalFormat implements PromptFormat {
    private final String name;
    private final String beforePrinciple;
    private final String beforeInstruction;
    private final String end;
    private final Quirk quirk;

    /** What some of the scripts' formats do to what they are given. */
    enum Quirk {
        NONE,
        /** The principle is recorded, but the model never sees it. */
        DROPS_PRINCIPLE,
        /** One pass halves runs of newlines: five become three. */
        HALVES_NEWLINES
    }

    OriginalFormat(String model, String beforePrinciple, String beforeInstruction, String end) {
        this(Quirk.NONE, model, beforePrinciple, beforeInstruction, end);
    }

    OriginalFormat(Quirk quirk, String model, String beforePrinciple, String beforeInstruction, String end) {
        this.quirk = quirk;
        this.name = "original-" + model;
        this.beforePrinciple = beforePrinciple;
        this.beforeInstruction = beforeInstruction;
        this.end = end;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RenderedPrompt render(List<Message> messages) {
        int last = messages.size() - 1;
        boolean known = last == 0 || (last == 1 && messages.get(0).role() == Role.SYSTEM);
        if (!known || messages.get(last).role() != Role.USER) {
            throw new InvalidRequestException("messages must be one user message, or a system and a user message, for"
                    + " the format '" + name + "', got " + TurnFormat.roles(messages)
                    + "; the published scripts knew no second turn: take PromptProfile.SANE");
        }
        String principle = last == 0 ? "" : messages.get(0).content();
        String instruction = messages.get(last).content();
        String shownPrinciple = quirk == Quirk.DROPS_PRINCIPLE ? "" : principle;
        String shownInstruction = quirk == Quirk.HALVES_NEWLINES
                ? instruction.replace("\r\n", "\n").replace("\n\n", "\n")
                : instruction;
        return RenderedPrompt.builder()
                .template(beforePrinciple + shownPrinciple + beforeInstruction + shownInstruction + end)
                .build();
    }
}
