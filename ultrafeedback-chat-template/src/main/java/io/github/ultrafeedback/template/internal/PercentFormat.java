package io.github.ultrafeedback.template.internal;

import java.math.BigInteger;

/** Python's {@code format % values}. The text between the fields keeps its origin, and so do strings put in. */
final class PercentFormat {
    private final Text format;
    private final Object values;
    private final Budget budget;
    private final TextBuilder out;
    private int at;
    private int next;

    private PercentFormat(Text format, Object values, Budget budget) {
        this.format = format;
        this.values = values;
        this.budget = budget;
        this.out = new TextBuilder(budget);
    }

    static Text format(Text format, Object values, Budget budget) {
        return new PercentFormat(format, values, budget).run().like(format);
    }

    private Text run() {
        String string = format.string();
        boolean tuple = values instanceof Items items && items.tuple();
        boolean named = false;
        while (true) {
            int percent = string.indexOf('%', at);
            out.append(format, at, percent < 0 ? string.length() : percent);
            if (percent < 0) {
                break;
            }
            at = percent + 1;
            named |= peek() == '(';
            field(percent);
        }
        boolean unused = tuple ? next < ((Items) values).size() : next == 0 && !(values instanceof Dict);
        if (unused && !named && !isContainer()) {
            throw Failure.type("not all arguments converted during string formatting");
        }
        return out.build();
    }

    /** Python lets whatever can be subscripted by name pass unused. */
    private boolean isContainer() {
        return values instanceof Dict
                || (values instanceof Items items && !items.tuple())
                || values instanceof Range
                || values instanceof Undefined;
    }

    private char peek() {
        if (at >= format.string().length()) {
            throw Failure.value("incomplete format");
        }
        return format.string().charAt(at);
    }

    private void field(int percent) {
        Object named = peek() == '(' ? named() : Sentinel.MISSING;
        String flags = flags();
        int width = count();
        boolean left = flags.indexOf('-') >= 0 || width < -1;
        width = width < -1 ? -width : width;
        int precision = -1;
        if (peek() == '.') {
            at++;
            precision = Math.max(0, count());
        }
        while ("hlL".indexOf(peek()) >= 0) {
            at++;
        }
        char type = peek();
        at++;
        if (type == '%' && at == percent + 2) {
            out.append("%", format.isTemplateAt(percent));
            return;
        }
        Object value = named == Sentinel.MISSING ? take() : named;
        char align = left ? '<' : flags.indexOf('0') >= 0 && "srac".indexOf(type) < 0 ? '=' : '>';
        char sign = flags.indexOf('+') >= 0 ? '+' : flags.indexOf(' ') >= 0 ? ' ' : 0;
        FormatSpec spec = new FormatSpec(
                align == '=' ? '0' : ' ', align, sign, flags.indexOf('#') >= 0, width, (char) 0, precision, type);
        out.append(convert(value, spec));
    }

    private Object named() {
        int depth = 1;
        int from = ++at;
        while (depth > 0) {
            char c = peek();
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        if (!(values instanceof Dict dict)) {
            throw Failure.type("format requires a mapping");
        }
        Object value = dict.get(format.string().substring(from, at - 1));
        if (value == null) {
            throw Failure.lookup("format: the mapping misses a key");
        }
        return value;
    }

    private String flags() {
        int from = at;
        while ("#0- +".indexOf(peek()) >= 0) {
            at++;
        }
        return format.string().substring(from, at);
    }

    /** A width or precision: digits, or a star that takes a value; -1 for none, below -1 for a negative star. */
    private int count() {
        if (peek() == '*') {
            at++;
            Object value = take();
            if (!Types.isInt(value)) {
                throw Failure.type("* wants int");
            }
            int count = Numbers.index(value);
            if (Math.abs(count) == Integer.MAX_VALUE) {
                throw Failure.overflow("a width or precision after * is too large");
            }
            return count == -1 ? -2 : count;
        }
        long count = -1;
        while (peek() >= '0' && peek() <= '9') {
            count = Math.max(0, count) * 10 + peek() - '0';
            if (count > Integer.MAX_VALUE) {
                throw Failure.value("width too big");
            }
            at++;
        }
        return (int) count;
    }

    private Object take() {
        if (values instanceof Items items && items.tuple()) {
            if (next >= items.size()) {
                throw Failure.type("not enough arguments for format string");
            }
            return items.get(next++);
        }
        if (next++ > 0) {
            throw Failure.type("not enough arguments for format string");
        }
        return values;
    }

    private Text convert(Object value, FormatSpec spec) {
        return switch (spec.type()) {
            case 's' -> spec.string(shown(value), budget);
            case 'r' -> spec.string(Text.value(Repr.repr(value, budget)), budget);
            case 'a' -> spec.string(Text.value(ascii(Repr.repr(value, budget))), budget);
            case 'c' -> spec.withoutPrecision().string(character(value), budget);
            case 'd', 'i', 'u' -> whole(value, spec, true);
            case 'x', 'X', 'o' -> whole(value, spec, false);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> Text.value(spec.floating(Conversions.floating(number(value)), budget));
            default -> throw Failure.value("unsupported format character");
        };
    }

    private Text shown(Object value) {
        return format.isMarkup() ? Markup.escape(value, budget) : Repr.str(value, budget);
    }

    private static Object number(Object value) {
        if (value instanceof Text) {
            throw Failure.type("must be real number, not str");
        }
        return value;
    }

    private Text whole(Object value, FormatSpec spec, boolean floats) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isNumber(value) || (!floats && value instanceof Double)) {
            throw Failure.type("%" + spec.type() + " format: a number is required, not " + Types.name(value));
        }
        BigInteger number = Numbers.big(Conversions.integer(value));
        String digits = spec.withoutPrecision().withWidth(0).integer(number.abs(), budget);
        budget.string(Math.max(0, spec.precision()));
        int prefix = spec.alternate() && "xXo".indexOf(spec.type()) >= 0 ? 2 : 0;
        String zeros = "0".repeat(Math.max(0, spec.precision() - (digits.length() - prefix)));
        String sign = number.signum() < 0 ? "-" : spec.sign() == 0 ? "" : String.valueOf(spec.sign());
        String head = sign + digits.substring(0, prefix);
        String body = zeros + digits.substring(prefix);
        int missing = Math.max(0, spec.width() - head.length() - body.length());
        budget.string(missing);
        return Text.value(
                switch (spec.align()) {
                    case '<' -> head + body + " ".repeat(missing);
                    case '=' -> head + "0".repeat(missing) + body;
                    default -> " ".repeat(missing) + head + body;
                });
    }

    private static Text character(Object value) {
        if (value instanceof Text text && text.length() == 1) {
            return text;
        }
        if (Types.isInt(value) && Character.isValidCodePoint(Numbers.index(value))) {
            return Text.value(Character.toString(Numbers.index(value)));
        }
        throw Failure.type("%c requires int or char");
    }

    private static String ascii(String repr) {
        StringBuilder out = new StringBuilder();
        repr.codePoints().forEach(c -> out.append(c < 128 ? Character.toString(c) : Chars.escaped(c)));
        return out.toString();
    }
}
