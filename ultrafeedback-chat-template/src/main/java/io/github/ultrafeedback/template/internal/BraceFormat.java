package io.github.ultrafeedback.template.internal;

/** Python's {@code str.format}, with the sandbox's attribute rules. Text between the fields keeps its origin. */
final class BraceFormat {
    private static final int MOST_DEPTH = 2;

    private final Args args;
    private final Object named;
    private final Budget budget;
    private int automatic;
    private boolean manual;

    private BraceFormat(Args args, Object named, Budget budget) {
        this.args = args;
        this.named = named;
        this.budget = budget;
    }

    static Text format(Text format, Args args, Budget budget) {
        Dict named = new Dict();
        args.named().forEach((name, value) -> named.put(Text.template(name), value));
        return new BraceFormat(args, named, budget).run(format, MOST_DEPTH);
    }

    static Text formatMap(Text format, Object map, Budget budget) {
        return new BraceFormat(Args.NO_ARGS, map, budget).run(format, MOST_DEPTH);
    }

    private Text run(Text format, int depth) {
        if (depth < 0) {
            throw Failure.value("Max string recursion exceeded");
        }
        TextBuilder out = new TextBuilder(budget);
        String string = format.string();
        int from = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c != '{' && c != '}') {
                continue;
            }
            out.append(format, from, i);
            if (i + 1 < string.length() && string.charAt(i + 1) == c) {
                out.append(format, i, i + 1);
                i++;
            } else if (c == '}') {
                throw Failure.value("Single '}' encountered in format string");
            } else {
                int end = end(string, i + 1);
                out.append(field(format.sub(i + 1, end), depth));
                i = end;
            }
            from = i + 1;
        }
        return out.append(format, from, string.length()).build();
    }

    private static int end(String string, int from) {
        int depth = 1;
        boolean bracket = false;
        boolean colon = false;
        for (int i = from; i < string.length(); i++) {
            char c = string.charAt(i);
            if (bracket) {
                bracket = c != ']';
            } else if (c == '{' || c == '}') {
                depth += c == '{' ? 1 : -1;
                if (depth == 0) {
                    return i;
                }
            } else if (c == ':') {
                colon = true;
            } else if (c == '[' && depth == 1 && !colon) {
                bracket = true;
            }
        }
        throw Failure.value("expected '}' before end of string");
    }

    private Text field(Text field, int depth) {
        String string = field.string();
        int end = nameEnd(string);
        char conversion = 0;
        int spec = end;
        if (end < string.length() && string.charAt(end) == '!') {
            if (end + 1 >= string.length()) {
                throw Failure.value("end of string while looking for conversion specifier");
            }
            conversion = string.charAt(end + 1);
            spec = end + 2;
            if (spec < string.length() && string.charAt(spec) != ':') {
                throw Failure.value("expected ':' after conversion specifier");
            }
        }
        String name = string.substring(0, end);
        if (name.indexOf('{') >= 0) {
            throw Failure.value("unexpected '{' in field name");
        }
        Object value = converted(lookup(name), conversion);
        Text layout = spec >= string.length() ? Text.EMPTY : run(field.sub(spec + 1, string.length()), depth - 1);
        return layout(value, layout.string());
    }

    private static int nameEnd(String string) {
        boolean bracket = false;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (!bracket && (c == ':' || c == '!')) {
                return i;
            }
            bracket = c == '[' || (bracket && c != ']');
        }
        return string.length();
    }

    private Object converted(Object value, char conversion) {
        return switch (conversion) {
            case 0 -> value;
            case 's' -> Repr.str(value, budget);
            case 'r' -> Text.value(Repr.repr(value, budget));
            case 'a' -> PercentFormat.format(Text.value("%a"), Items.tuple(value), budget);
            default -> throw Failure.value("Unknown conversion specifier");
        };
    }

    private Object lookup(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Object value = first(path.substring(0, end));
        while (end < path.length()) {
            boolean dot = path.charAt(end) == '.';
            int from = end + 1;
            int to = from;
            while (to < path.length()
                    && (dot ? path.charAt(to) != '.' && path.charAt(to) != '[' : path.charAt(to) != ']')) {
                to++;
            }
            String step = path.substring(from, to);
            if (step.isEmpty() || (!dot && to == path.length())) {
                throw Failure.value("Empty attribute or missing ']' in format string");
            }
            end = dot ? to : to + 1;
            if (!dot && end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                throw Failure.value("Only '.' or '[' may follow ']' in format field specifier");
            }
            value = dot ? Lookup.attribute(value, step) : Lookup.element(value, key(step));
            if (value instanceof Undefined) { // its reason would show the step, which may be a user's
                value = new Undefined("format: a field names an attribute or element that is not there");
            }
        }
        return value;
    }

    private Object first(String name) {
        if (name.isEmpty() || isIndex(name)) {
            manual |= !name.isEmpty();
            if (manual && (name.isEmpty() || automatic > 0)) {
                throw Failure.value("cannot switch between manual and automatic field numbering");
            }
            int index = name.isEmpty() ? automatic++ : Numbers.index(key(name));
            if (index >= args.size()) {
                throw Failure.lookup("Replacement index out of range for positional args tuple");
            }
            return args.positional().get(index);
        }
        Object value = named instanceof Dict dict ? dict.get(name) : null;
        if (value == null) {
            throw Failure.lookup("format: no argument of this name");
        }
        return value;
    }

    private static boolean isIndex(String name) {
        return Chars.all(name, c -> c >= '0' && c <= '9');
    }

    private static Object key(String step) {
        return isIndex(step) ? Conversions.integer(step, 10) : Text.template(step);
    }

    private Text layout(Object value, String written) {
        boolean plain = value instanceof Text || Types.isNumber(value);
        if (!plain || written.isEmpty()) {
            if (!written.isEmpty()) {
                throw Failure.type("unsupported format string passed to " + Types.name(value) + ".__format__");
            }
            return Repr.str(value, budget);
        }
        FormatSpec spec = FormatSpec.parse(written);
        if (value instanceof Text text) {
            boolean wrong = (spec.type() != 0 && spec.type() != 's') || spec.sign() != 0 || spec.alternate();
            if (wrong || spec.align() == '=' || spec.grouping() != 0) {
                throw Failure.value("format specifier not allowed for a string");
            }
            return spec.string(text, budget);
        }
        return Text.value(number(value, spec));
    }

    private String number(Object value, FormatSpec spec) {
        String ungrouped = spec.grouping() == ',' ? "xXobn" : spec.grouping() == '_' ? "n" : "";
        if (spec.type() != 0 && ungrouped.indexOf(spec.type()) >= 0) {
            throw Failure.value("this format type has no thousands separator");
        }
        boolean whole = Types.isInt(value);
        if (whole && (spec.type() == 0 || "dxXobn".indexOf(spec.type()) >= 0)) {
            if (spec.precision() >= 0) {
                throw Failure.value("Precision not allowed in integer format specifier");
            }
            return spec.integer(Numbers.big(value), budget);
        }
        if (spec.type() != 0 && "eEfFgGn%".indexOf(spec.type()) < 0) {
            throw Failure.value("Unknown format code for a number");
        }
        return spec.floating(Numbers.toDouble(value), budget);
    }
}
