package io.github.ultrafeedback.template.internal;

import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** map, select, reject and their kin: lazy, as generators are. */
final class MapFilters {
    private MapFilters() {}

    static void add(Routine.Table table) {
        table.add("map value *", (a, b) -> map(a[0], (Args) a[1], b))
                .add("select value *", (a, b) -> select(a[0], (Args) a[1], false, true, b))
                .add("reject value *", (a, b) -> select(a[0], (Args) a[1], false, false, b))
                .add("selectattr value *", (a, b) -> select(a[0], (Args) a[1], true, true, b))
                .add("rejectattr value *", (a, b) -> select(a[0], (Args) a[1], true, false, b));
    }

    private static Object map(Object value, Args args, Budget budget) {
        return lazilyIf(value, () -> {
            if (args.size() == 0 && args.named().containsKey("attribute")) {
                Map<String, Object> rest = new HashMap<>(args.named());
                Object path = rest.getOrDefault("attribute", Sentinel.NONE);
                rest.remove("attribute");
                Object fallback = rest.getOrDefault("default", Sentinel.NONE);
                rest.remove("default");
                if (!rest.isEmpty()) {
                    throw Failure.render("map: unexpected keyword argument");
                }
                return new Generator(
                        budget, Sequences.iterator(value), item -> Filters.by(item, path, fallback, true, budget));
            }
            if (args.size() == 0) {
                throw Failure.render("map requires a filter argument");
            }
            Object name = args.positional().get(0);
            Args more = args.from(1);
            return new Generator(
                    budget,
                    Sequences.iterator(value),
                    item -> named(Filters.ALL, "filter", name).call(item, more, budget));
        });
    }

    private static Routine named(Map<String, Routine> table, String kind, Object name) {
        Routine routine = name instanceof Text text ? table.get(text.string()) : null;
        if (routine == null) {
            String shown = name instanceof Text text && text.isUniform() && text.startsAsTemplate()
                    ? " '" + text.string() + "'"
                    : "";
            throw Failure.render("No " + kind + " named" + shown);
        }
        return routine;
    }

    private static Object select(Object value, Args args, boolean attribute, boolean keep, Budget budget) {
        return lazilyIf(value, () -> {
            if (attribute && args.size() == 0) {
                throw Failure.render("Missing parameter for attribute name");
            }
            Object path = attribute ? args.positional().get(0) : Sentinel.NONE;
            Args rest = args.from(attribute ? 1 : 0);
            Predicate<Object> test = Types::truth;
            if (rest.size() > 0) {
                Object name = rest.positional().get(0);
                Args more = rest.from(1);
                test = item -> Types.truth(named(Tests.ALL, "test", name).call(item, more, budget));
            }
            Predicate<Object> holds = test;
            return new Generator(
                    budget,
                    Sequences.iterator(value),
                    item -> holds.test(Filters.by(item, path, Sentinel.NONE, true, budget)) == keep
                            ? item
                            : Sentinel.MISSING);
        });
    }

    /** Even the arguments are looked at only when the first item is asked for, and not at all for a false value. */
    private static Iter lazilyIf(Object value, Supplier<Iterator<Object>> start) {
        return Types.truth(value) ? lazily(start) : new Iter(Collections.emptyIterator());
    }

    /** A generator: nothing happens before its first item is asked for. */
    static Iter lazily(Supplier<Iterator<Object>> start) {
        return new Iter(new Iterator<>() {
            private @Nullable Iterator<Object> started;

            @Override
            public boolean hasNext() {
                return started().hasNext();
            }

            @Override
            public Object next() {
                return started().next();
            }

            private Iterator<Object> started() {
                if (started == null) {
                    started = start.get();
                }
                return started;
            }
        });
    }
}
