package io.github.ultrafeedback.dataset.internal.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value. Numbers go through as they were spelled, so that what a row holds beside our own fields comes
 * out as it went in. Not thread-safe.
 */
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;
    private final Style style;
    private final int outerIndent;
    private final Deque<Integer> members = new ArrayDeque<>();
    private boolean named;

    /** How a value is laid out. */
    public enum Style {
        /** One line of UTF-8 without spaces; only half characters are escaped, since UTF-8 cannot hold them. */
        LINE,
        /** As Python's {@code json.dump(value, indent=4)}: ASCII, four spaces a level, floats as Python spells them. */
        PYTHON
    }

    /**
     * Starts an empty text.
     *
     * @param style the layout
     */
    public JsonText(Style style) {
        this(new StringBuilder(), style, 0);
    }

    /**
     * Continues a text, for example within an array that is written piece by piece.
     *
     * @param out what is written to
     * @param style the layout
     * @param outerIndent how many levels lie around this value; counts for {@link Style#PYTHON}
     */
    public JsonText(StringBuilder out, Style style, int outerIndent) {
        this.out = out;
        this.style = style;
        this.outerIndent = outerIndent;
    }

    /**
     * Opens an object or an array.
     *
     * @param bracket an opening bracket
     * @return this
     */
    public JsonText open(char bracket) {
        separate();
        out.append(bracket);
        members.push(0);
        return this;
    }

    /**
     * Closes what was opened last.
     *
     * @param bracket a closing bracket
     * @return this
     */
    public JsonText close(char bracket) {
        if (members.pop() > 0) {
            newLine();
        }
        out.append(bracket);
        return this;
    }

    /**
     * Names the member that comes next.
     *
     * @param name its name
     * @return this
     */
    public JsonText name(String name) {
        separate();
        quote(name);
        out.append(style == Style.PYTHON ? ": " : ":");
        named = true;
        return this;
    }

    /**
     * Writes a text or null.
     *
     * @param value the text
     * @return this
     */
    public JsonText string(@Nullable String value) {
        if (value == null) {
            return literal("null");
        }
        separate();
        quote(value);
        return this;
    }

    /**
     * Writes a number.
     *
     * @param spelled the number as JSON spells it
     * @return this
     */
    public JsonText number(String spelled) {
        return literal(style == Style.PYTHON ? PythonNumbers.spell(spelled) : spelled);
    }

    /**
     * Writes a whole number.
     *
     * @param value any value
     * @return this
     */
    public JsonText number(long value) {
        return literal(Long.toString(value));
    }

    /**
     * Writes true, false or null.
     *
     * @param word one of them
     * @return this
     */
    public JsonText literal(String word) {
        separate();
        out.append(word);
        return this;
    }

    private void separate() {
        if (named) {
            named = false;
        } else if (!members.isEmpty()) {
            int before = members.pop();
            members.push(before + 1);
            if (before > 0) {
                out.append(',');
            }
            newLine();
        }
    }

    private void newLine() {
        if (style == Style.PYTHON) {
            out.append('\n').append("    ".repeat(members.size() + outerIndent));
        }
    }

    private void quote(String text) {
        Objects.requireNonNull(text, "text must not be null");
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            escape(text, i);
        }
        out.append('"');
    }

    private void escape(String text, int i) {
        char c = text.charAt(i);
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\f' -> out.append("\\f");
            case '\b' -> out.append("\\b");
            default -> {
                if (c < ' ' || (style == Style.PYTHON ? c > '~' : isHalf(text, i))) {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(HEX.charAt((c >> shift) & 0xf));
                    }
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** Whether this is a surrogate without its partner. */
    private static boolean isHalf(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /** What was written so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
