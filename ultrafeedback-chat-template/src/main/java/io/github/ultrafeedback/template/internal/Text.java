package io.github.ultrafeedback.template.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A string that knows which of its characters template text wrote. All others come from values.
 *
 * <p>{@code cuts} holds the UTF-16 offsets, ascending and inside the string, at which the origin flips; the first
 * stretch has the origin {@code template}. Most strings have one origin, so no cuts. Offsets of Python count code
 * points: {@link #offset} maps them.
 */
public final class Text {
    static final Text EMPTY = new Text("", true, null, false);
    private static final int[] NO_CUTS = {};

    private final String string;
    private final boolean template;
    private final int @Nullable [] cuts;
    private final boolean markup;
    private int points = -1;

    private Text(String string, boolean template, int @Nullable [] cuts, boolean markup) {
        this.string = string;
        this.template = template;
        this.cuts = cuts;
        this.markup = markup;
    }

    /**
     * A string that template text wrote.
     *
     * @param string the characters
     * @return the text
     */
    public static Text template(String string) {
        return new Text(string, true, null, false);
    }

    /**
     * A string that a value brought.
     *
     * @param string the characters
     * @return the text
     */
    public static Text value(String string) {
        return new Text(string, false, null, false);
    }

    static Text of(String string, boolean template) {
        return new Text(string, template, null, false);
    }

    static Text cut(String string, boolean template, int[] cuts) {
        return new Text(string, template, cuts.length == 0 ? null : cuts, false);
    }

    /** This text as Markup, whose concatenations escape the other side. */
    Text asMarkup() {
        return markup ? this : new Text(string, template, cuts, true);
    }

    Text plain() {
        return markup ? new Text(string, template, cuts, false) : this;
    }

    Text like(Text other) {
        return other.markup ? asMarkup() : this;
    }

    boolean isMarkup() {
        return markup;
    }

    /**
     * The characters.
     *
     * @return never null
     */
    public String string() {
        return string;
    }

    /**
     * Whether template text wrote the first character.
     *
     * @return true for template text
     */
    public boolean startsAsTemplate() {
        return template;
    }

    /**
     * The UTF-16 offsets at which the origin flips.
     *
     * @return ascending, empty if the whole text has one origin
     */
    public int[] cuts() {
        return cuts == null ? NO_CUTS : cuts.clone();
    }

    boolean isUniform() {
        return cuts == null;
    }

    boolean isEmpty() {
        return string.isEmpty();
    }

    /** Whether template text wrote the character at a UTF-16 offset. */
    boolean isTemplateAt(int index) {
        if (cuts == null) {
            return template;
        }
        int found = Arrays.binarySearch(cuts, index);
        int flips = found >= 0 ? found + 1 : -found - 1;
        return template == (flips % 2 == 0);
    }

    int flips() {
        return cuts == null ? 0 : cuts.length;
    }

    int flip(int index) {
        return cuts == null ? string.length() : cuts[index];
    }

    /** The template's own words, with an ellipsis for each stretch that came from a value. */
    String withoutValues() {
        StringBuilder words = new StringBuilder();
        boolean own = template;
        int start = 0;
        for (int i = 0; i <= flips() && start < string.length(); i++) {
            int end = i < flips() ? flip(i) : string.length();
            words.append(own ? string.substring(start, end) : "\u2026");
            start = end;
            own = !own;
        }
        return words.toString();
    }

    /** Length in code points, as Python counts. */
    int length() {
        if (points < 0) {
            points = string.codePointCount(0, string.length());
        }
        return points;
    }

    /** UTF-16 offset of a code point. */
    int offset(int point) {
        return length() == string.length() ? point : string.offsetByCodePoints(0, point);
    }

    /** Part of this text by code points. */
    Text slice(int from, int to) {
        return from >= to ? EMPTY.like(this) : sub(offset(from), offset(to));
    }

    /** Part of this text by UTF-16 offsets. */
    Text sub(int from, int to) {
        if (from == 0 && to == string.length()) {
            return this;
        }
        if (from >= to) {
            return EMPTY.like(this);
        }
        String part = string.substring(from, to);
        if (cuts == null) {
            return new Text(part, template, null, markup);
        }
        int[] inside = Arrays.copyOfRange(cuts, firstCut(from + 1), firstCut(to));
        for (int i = 0; i < inside.length; i++) {
            inside[i] -= from;
        }
        return cut(part, isTemplateAt(from), inside).like(this);
    }

    /** Index of the first cut at or after an offset: a text may have millions. */
    private int firstCut(int offset) {
        int found = cuts == null ? 0 : Arrays.binarySearch(cuts, offset);
        return found < 0 ? -found - 1 : found;
    }

    /** The text with other characters: the same origins if the length did not change, else all from a value. */
    Text mapped(String changed) {
        if (cuts == null) {
            return new Text(changed, template, null, markup);
        }
        return changed.length() == string.length()
                ? new Text(changed, template, cuts, markup)
                : new Text(changed, false, null, markup);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && string.equals(text.string);
    }

    @Override
    public int hashCode() {
        return string.hashCode();
    }

    /** Says nothing of the characters, which may be a user's. */
    @Override
    public String toString() {
        return "Text[chars=" + string.length() + "]";
    }
}
