package io.github.ultrafeedback.template;

import java.util.Objects;

/**
 * A string of the context that counts as template text, such as a model's {@code bos_token}: {@link RenderedTemplate}
 * then reports its characters as written by the template. Never wrap what a user or a model wrote.
 *
 * @param string the characters
 */
public record TemplateText(String string) {
    /** Refuses null. */
    public TemplateText {
        Objects.requireNonNull(string, "string");
    }
}
