package io.github.ultrafeedback.principle;

import java.util.Objects;

/**
 * A system message of UltraFeedback.
 *
 * @param category what it asks for
 * @param text its words, to the byte: nine of the texts end in spaces or a newline, which belong to the prompt and to
 *     the record
 */
public record Principle(Category category, String text) {
    /**
     * Checks for null.
     *
     * @throws NullPointerException if {@code category} or {@code text} is null
     */
    public Principle {
        Objects.requireNonNull(category, "category must not be null");
        Objects.requireNonNull(text, "text must not be null");
    }

    /** Names the category, not the text, which is part of a prompt and must not reach a log. */
    @Override
    public String toString() {
        return "Principle[" + category.wireName() + ", chars=" + text.length() + "]";
    }
}
