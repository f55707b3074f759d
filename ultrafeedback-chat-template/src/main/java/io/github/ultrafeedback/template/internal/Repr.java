package io.github.ultrafeedback.template.internal;

import java.math.BigInteger;
import java.util.Iterator;

/** Python's {@code str} and {@code repr}. What they make of anything but a string counts as value text. */
final class Repr {
    /** Python 3.11 refuses to print longer integers. */
    private static final int MOST_DIGITS = 4300;

    private static final int MOST_DEPTH = 200;

    private Repr() {}

    static Text str(Object value, Budget budget) {
        if (value instanceof Text text) {
            return text.plain();
        }
        if (value instanceof Undefined) {
            return Text.EMPTY;
        }
        return Text.value(repr(value, budget));
    }

    static String repr(Object value, Budget budget) {
        StringBuilder out = new StringBuilder();
        append(value, out, budget, 0);
        budget.string(out.length());
        return out.toString();
    }

    static String digits(BigInteger number) {
        if (number.bitLength() > 4 * MOST_DIGITS) {
            throw Failure.value("an integer of more than " + MOST_DIGITS + " digits cannot be printed");
        }
        String digits = number.toString();
        if (digits.length() - (number.signum() < 0 ? 1 : 0) > MOST_DIGITS) {
            throw Failure.value("an integer of more than " + MOST_DIGITS + " digits cannot be printed");
        }
        return digits;
    }

    private static void append(Object value, StringBuilder out, Budget budget, int depth) {
        if (depth > MOST_DEPTH) {
            throw Failure.limit("a value nests more than " + MOST_DEPTH + " deep");
        }
        budget.output(out.length());
        if (value instanceof Text text) {
            if (text.isMarkup()) {
                out.append("Markup(").append(quoted(text.string())).append(')');
            } else {
                out.append(quoted(text.string()));
            }
        } else if (value instanceof Items items) {
            out.append(items.tuple() ? '(' : '[');
            appendAll(items.list().iterator(), out, budget, depth);
            out.append(items.tuple() ? (items.size() == 1 ? ",)" : ")") : "]");
        } else if (value instanceof Dict dict) {
            appendDict(dict, out, budget, depth);
        } else if (value instanceof DictView view) {
            out.append(view.name()).append("([");
            appendAll(view.iterator(), out, budget, depth);
            out.append("])");
        } else {
            out.append(scalar(value, budget));
        }
    }

    private static void appendAll(Iterator<Object> items, StringBuilder out, Budget budget, int depth) {
        String separator = "";
        while (items.hasNext()) {
            out.append(separator);
            append(items.next(), out, budget, depth + 1);
            separator = ", ";
        }
    }

    private static void appendDict(Dict dict, StringBuilder out, Budget budget, int depth) {
        out.append('{');
        String separator = "";
        for (Dict.Entry entry : dict.entries()) {
            out.append(separator);
            append(entry.key(), out, budget, depth + 1);
            out.append(": ");
            append(entry.value(), out, budget, depth + 1);
            separator = ", ";
        }
        out.append('}');
    }

    private static String scalar(Object value, Budget budget) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            return FloatText.of(number);
        }
        if (Types.isInt(value)) {
            return value instanceof BigInteger number ? digits(number) : value.toString();
        }
        if (value == Sentinel.NONE) {
            return "None";
        }
        if (value instanceof Undefined) {
            return "Undefined";
        }
        if (value instanceof Range range) {
            String step = range.step() == 1 ? ")" : ", " + range.step() + ")";
            return "range(" + range.start() + ", " + range.stop() + step;
        }
        String shown = value instanceof Thing thing ? thing.repr(budget) : null;
        if (shown == null) {
            throw Failure.render("a " + Types.name(value) + " cannot be printed: Python would print its address");
        }
        return shown;
    }

    static String quoted(String string) {
        boolean doubled = string.indexOf('\'') >= 0 && string.indexOf('"') < 0;
        char quote = doubled ? '"' : '\'';
        StringBuilder out = new StringBuilder(string.length() + 2).append(quote);
        string.codePoints().forEach(point -> appendQuoted(point, quote, out));
        return out.append(quote).toString();
    }

    private static void appendQuoted(int point, char quote, StringBuilder out) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (point == quote) {
                    out.append('\\').append(quote);
                } else if (Chars.isPrintable(point)) {
                    out.appendCodePoint(point);
                } else {
                    out.append(Chars.escaped(point));
                }
            }
        }
    }
}
