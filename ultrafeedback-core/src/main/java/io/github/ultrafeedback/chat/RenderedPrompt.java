package io.github.ultrafeedback.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The text a model reads, in pieces that remember who wrote them.
 *
 * <p>Control tokens such as {@code <|im_end|>} count only where the format wrote them: the tokenizer parses them in
 * {@linkplain Piece#template() template} pieces and keeps them plain text in the others, so that a user cannot close a
 * turn by typing its mark.
 *
 * @param pieces the pieces in reading order; never empty
 */
public record RenderedPrompt(List<Piece> pieces) {

    /**
     * A stretch of text by one author.
     *
     * @param text the text, as the model reads it
     * @param template true where the format wrote it, so that control tokens in it count
     */
    public record Piece(String text, boolean template) {
        /**
         * Checks the piece.
         *
         * @throws NullPointerException if {@code text} is null
         */
        public Piece {
            Objects.requireNonNull(text, "text must not be null");
        }

        /** Names the piece without its text. */
        @Override
        public String toString() {
            return "Piece[chars=" + text.length() + ", template=" + template + "]";
        }
    }

    /**
     * Copies the pieces.
     *
     * @throws IllegalArgumentException if there are none
     */
    public RenderedPrompt {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("pieces must hold at least one piece, got none");
        }
    }

    /**
     * The whole text.
     *
     * @return all pieces joined
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /** Names the prompt without its text. */
    @Override
    public String toString() {
        return "RenderedPrompt" + pieces;
    }

    /**
     * Starts an empty prompt.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects pieces. Not thread-safe. */
    public static final class Builder {
        private final List<Piece> pieces = new ArrayList<>();

        private Builder() {}

        /**
         * Adds text of the format's own.
         *
         * @param text text in which control tokens count; an empty one adds nothing
         * @return this
         */
        public Builder template(String text) {
            return add(text, true);
        }

        /**
         * Adds text of the caller's.
         *
         * @param text text in which control tokens stay plain text; an empty one adds nothing
         * @return this
         */
        public Builder user(String text) {
            return add(text, false);
        }

        private Builder add(String text, boolean template) {
            if (!text.isEmpty()) {
                pieces.add(new Piece(text, template));
            }
            return this;
        }

        /**
         * Ends the prompt.
         *
         * @return the pieces added so far
         * @throws IllegalArgumentException if there are none
         */
        public RenderedPrompt build() {
            return new RenderedPrompt(pieces);
        }
    }
}
