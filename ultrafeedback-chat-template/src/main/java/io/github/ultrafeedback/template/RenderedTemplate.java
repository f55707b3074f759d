package io.github.ultrafeedback.template;

import java.util.List;

/**
 * A rendered prompt, and who wrote which of its characters.
 *
 * @param text the prompt, equal to what {@link ChatTemplate#render} gives
 * @param spans the whole text cut where the origin changes, in order, none empty
 */
public record RenderedTemplate(String text, List<Span> spans) {
    /** Copies the spans. */
    public RenderedTemplate {
        spans = List.copyOf(spans);
    }

    /**
     * A stretch of the prompt with one origin.
     *
     * @param start UTF-16 offset of its first character
     * @param end UTF-16 offset after its last character
     * @param fromTemplate true if literal text of the template or a {@link TemplateText} wrote all of it; false if it
     *     may come from a message or any other value
     */
    public record Span(int start, int end, boolean fromTemplate) {}

    /**
     * Whether the template wrote all of a stretch.
     *
     * @param start UTF-16 offset of its first character
     * @param end UTF-16 offset after its last character
     * @return false if any character of it may come from a value
     */
    public boolean isFromTemplate(int start, int end) {
        return spans.stream()
                .filter(span -> span.start() < end && span.end() > start)
                .allMatch(Span::fromTemplate);
    }

    /** Says nothing of the text, which belongs to the user and must not reach a log. */
    @Override
    public String toString() {
        return "RenderedTemplate[chars=" + text.length() + ", spans=" + spans.size() + "]";
    }
}
