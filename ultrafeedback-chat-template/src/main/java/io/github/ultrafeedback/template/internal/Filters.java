package io.github.ultrafeedback.template.internal;

import static io.github.ultrafeedback.template.internal.Routine.flag;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The filters by name. Those whose output is random or depends on the machine are known, but refuse to run. */
final class Filters {
    /** jinja2 runs these only while rendering, and so never finds their names out early. */
    static final Set<String> NEVER_FOLDED = Set.of("map", "select", "reject", "selectattr", "rejectattr", "random");

    static final Map<String, Routine> ALL = all();

    private Filters() {}

    private static Map<String, Routine> all() {
        Routine.Table table = new Routine.Table();
        TextFilters.add(table);
        MarkupFilters.add(table);
        NumberFilters.add(table);
        SequenceFilters.add(table);
        GroupFilters.add(table);
        MapFilters.add(table);
        plain(table);
        for (String name : List.of("random", "urlize", "wordwrap")) {
            table.add(name + " value *", (a, b) -> {
                throw Failure.render("the filter '" + name + "' is not supported");
            });
        }
        return table.build();
    }

    private static void plain(Routine.Table table) {
        table.add("default value default_value= boolean=", (a, b) -> {
                    boolean absent = a[0] instanceof Undefined || (flag(a[2]) && !Types.truth(a[0]));
                    return !absent ? a[0] : a[1] == Sentinel.MISSING ? Text.EMPTY : a[1];
                })
                .alias("d", "default")
                .add("length value /", (a, b) -> (long) Sequences.length(a[0]))
                .alias("count", "length")
                .add("string value /", (a, b) -> a[0] instanceof Text ? a[0] : Repr.str(a[0], b))
                .add("tojson x ensure_ascii= indent= separators= sort_keys=", Json::dumps)
                .add("attr value name", (a, b) -> attribute(a[0], Routine.text(a[1])))
                .add("pprint value", (a, b) -> pretty(a[0], b))
                .add("list value", (a, b) -> Items.list(Sequences.toList(a[0], b)));
    }

    /** Short values only: those that Python's pretty printer leaves on one line, in the order it puts them. */
    private static Object pretty(Object value, Budget budget) {
        String line = Repr.repr(value, budget);
        if (line.codePointCount(0, line.length()) > 80 || !isSorted(value, budget)) {
            throw Failure.render("the filter 'pprint' is only supported for short values with sorted keys");
        }
        return Text.value(line);
    }

    private static boolean isSorted(Object value, Budget budget) {
        if (value instanceof Items items) {
            return items.list().stream().allMatch(item -> isSorted(item, budget));
        }
        if (!(value instanceof Dict dict)) {
            return true;
        }
        List<Object> keys = dict.entries().stream().map(Dict.Entry::key).toList();
        return keys.stream().allMatch(Text.class::isInstance)
                && Sorting.sort(keys, key -> key, false, budget).equals(keys)
                && dict.entries().stream().allMatch(entry -> isSorted(entry.value(), budget));
    }

    private static Object attribute(Object owner, Text name) {
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Object found = Lookup.own(owner, name.string());
        return found == null ? Undefined.attribute(owner, name) : found;
    }

    /** A key that a filter sorts or groups by: a path of attributes, letters in lower case unless told otherwise. */
    static Object by(Object item, Object path, Object fallback, boolean caseSensitive, Budget budget) {
        Object value = item;
        for (Object step : steps(path)) {
            value = Lookup.element(value, step);
            if (value instanceof Undefined && Routine.given(fallback)) {
                value = fallback;
            }
        }
        if (caseSensitive || !(value instanceof Text text)) {
            return value;
        }
        budget.string(text.string().length());
        return text.mapped(Cases.lower(text.string()));
    }

    private static List<Object> steps(Object path) {
        if (!Routine.given(path)) {
            return List.of();
        }
        if (!(path instanceof Text text)) {
            return List.of(path);
        }
        return Stream.of(text.string().split("\\.", -1))
                .map(step -> Chars.all(step, Chars::isDigit) ? number(step) : Text.template(step))
                .toList();
    }

    private static Object number(String digits) {
        return Conversions.integer(digits, 10);
    }
}
