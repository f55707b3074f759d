package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code json.dumps}. All it writes counts as value text. Used once. */
final class Json {
    private static final int MOST_DEPTH = 200;

    private final StringBuilder out = new StringBuilder();
    private final Budget budget;
    private final boolean ascii;
    private final boolean sorted;
    private final @Nullable String indent;
    private final String comma;
    private final String colon;

    private Json(boolean ascii, Object indent, Object separators, boolean sorted, Budget budget) {
        this.budget = budget;
        this.ascii = ascii;
        this.sorted = sorted;
        this.indent = indent(indent, budget);
        String itemSeparator = this.indent == null ? ", " : ",";
        String keySeparator = ": ";
        if (separators != Sentinel.NONE) {
            List<Object> pair = Sequences.toList(separators, budget);
            if (pair.size() != 2 || !(pair.get(0) instanceof Text first) || !(pair.get(1) instanceof Text second)) {
                throw Failure.type("tojson: separators must be a pair of strings");
            }
            itemSeparator = first.string();
            keySeparator = second.string();
        }
        comma = itemSeparator;
        colon = keySeparator;
    }

    /** The filter {@code tojson}: value, ensure_ascii, indent, separators, sort_keys. */
    static Text dumps(Object[] a, Budget budget) {
        boolean ascii = a[1] != Sentinel.MISSING && Types.truth(a[1]);
        Object indent = a[2] == Sentinel.MISSING ? Sentinel.NONE : a[2];
        Object separators = a[3] == Sentinel.MISSING ? Sentinel.NONE : a[3];
        boolean sorted = a[4] != Sentinel.MISSING && Types.truth(a[4]);
        Json json = new Json(ascii, indent, separators, sorted, budget);
        json.write(a[0], 0);
        budget.string(json.out.length());
        return Text.value(json.out.toString());
    }

    private static @Nullable String indent(Object indent, Budget budget) {
        if (indent == Sentinel.NONE) {
            return null;
        }
        if (indent instanceof Text text) {
            return text.string();
        }
        int width = Math.max(0, Numbers.index(indent));
        budget.string(width);
        return " ".repeat(width);
    }

    private void write(Object value, int depth) {
        if (depth > MOST_DEPTH) {
            throw Failure.limit("tojson: the value nests more than " + MOST_DEPTH + " deep");
        }
        budget.output(out.length());
        if (value instanceof Text text) {
            quote(text.string());
        } else if (value instanceof Items items) {
            writeList(items, depth);
        } else if (value instanceof Dict dict) {
            writeDict(dict, depth);
        } else {
            out.append(scalar(value));
        }
    }

    private String scalar(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "true" : "false";
        }
        if (value == Sentinel.NONE) {
            return "null";
        }
        if (value instanceof Double number) {
            return Double.isNaN(number)
                    ? "NaN"
                    : Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : FloatText.of(number);
        }
        if (Types.isInt(value)) {
            return Repr.repr(value, budget);
        }
        throw Failure.type("Object of type " + Types.name(value) + " is not JSON serializable");
    }

    private void writeList(Items items, int depth) {
        if (items.size() == 0) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : comma);
            newline(depth + 1);
            write(items.get(i), depth + 1);
        }
        newline(depth);
        out.append(']');
    }

    private void writeDict(Dict dict, int depth) {
        if (dict.size() == 0) {
            out.append("{}");
            return;
        }
        out.append('{');
        for (Iterator<Dict.Entry> it = ordered(dict).iterator(); it.hasNext(); ) {
            Dict.Entry entry = it.next();
            newline(depth + 1);
            quote(key(entry.key()));
            out.append(colon);
            write(entry.value(), depth + 1);
            out.append(it.hasNext() ? comma : "");
        }
        newline(depth);
        out.append('}');
    }

    private Collection<Dict.Entry> ordered(Dict dict) {
        if (!sorted) {
            return dict.entries();
        }
        List<Object> keys = new ArrayList<>();
        dict.entries().forEach(entry -> keys.add(Items.tuple(entry.key(), entry)));
        return Sorting.sort(keys, item -> ((Items) item).get(0), false, budget).stream()
                .map(item -> (Dict.Entry) ((Items) item).get(1))
                .toList();
    }

    private String key(Object key) {
        if (key instanceof Text text) {
            return text.string();
        }
        if (Types.isNumber(key) || key == Sentinel.NONE) {
            return scalar(key);
        }
        throw Failure.type("keys must be str, int, float, bool or None, not " + Types.name(key));
    }

    private void newline(int depth) {
        if (indent != null) {
            budget.output(out.length() + indent.length() * depth);
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void quote(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
