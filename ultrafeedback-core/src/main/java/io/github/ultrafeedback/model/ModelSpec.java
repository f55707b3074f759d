package io.github.ultrafeedback.model;

import io.github.ultrafeedback.chat.PromptFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One of the models of UltraFeedback: where it comes from, what its prompts look like, where its answers end, and how
 * the published scripts ran it. Immutable; found through {@link UltraFeedbackModels}.
 */
public final class ModelSpec {
    private final String id;
    private final @Nullable String checkpoint;
    private final Access access;
    private final int contextLength;
    private final Family family;

    /** How a model can be reached. */
    public enum Access {
        /** Behind an API. */
        API,
        /** From a folder with its weights. */
        LOCAL,
        /** Not at all. */
        NONE
    }

    /** Takes 0 for a context that nobody knows. */
    ModelSpec(String id, @Nullable String checkpoint, Access access, int contextLength, Family family) {
        this.id = id;
        this.checkpoint = checkpoint;
        this.access = access;
        this.contextLength = contextLength;
        this.family = family;
    }

    /**
     * The name that UltraFeedback gives the model.
     *
     * @return the id, for example {@code llama-2-7b-chat}
     */
    public String id() {
        return id;
    }

    /**
     * The public checkpoint or API model behind the id. The scripts name one of them only; the others are the README's
     * names, mapped to the repositories that carry them.
     *
     * @return the name, or null where none is known
     */
    public @Nullable String checkpoint() {
        return checkpoint;
    }

    /**
     * How the model can be reached.
     *
     * @return the way to it
     */
    public Access access() {
        return access;
    }

    /**
     * The most tokens that prompt and answer may hold together. A model folder's own configuration counts for more.
     *
     * @return the number of tokens, or empty where none is known
     */
    public OptionalInt contextLength() {
        return contextLength == 0 ? OptionalInt.empty() : OptionalInt.of(contextLength);
    }

    /**
     * The format that turns chats into this model's prompts.
     *
     * <p>{@link PromptProfile#SANE} formats take a conversation without a system message too, and several turns where
     * the model was trained on them; what the caller wrote stays plain text in them. {@link PromptProfile#ORIGINAL}
     * formats take one system message, the principle, and one instruction.
     *
     * @param profile whose prompts
     * @return the format, or empty where there is none: models behind an API take the messages as they are, and of
     *     {@code bard} and {@code pythia-12b} none is known
     */
    public Optional<PromptFormat> format(PromptProfile profile) {
        return Optional.ofNullable(family.format(Objects.requireNonNull(profile, "profile must not be null")));
    }

    /**
     * Where an answer to a {@link PromptProfile#SANE} prompt ends. Token ids are the safer half: a backend that skips
     * special tokens never shows their text.
     *
     * @return the stops; none for models behind an API
     */
    public Stops stops() {
        return family.stops();
    }

    /**
     * How a published script ran this model.
     *
     * @param backend which script and branch
     * @return the stops it passed and the begin tokens it gave, or empty if it has no branch for this model
     */
    public Optional<OriginalRun> original(OriginalBackend backend) {
        return Optional.ofNullable(family.runs().get(Objects.requireNonNull(backend, "backend must not be null")));
    }

    @Override
    public String toString() {
        return "ModelSpec[" + id + "]";
    }
}
