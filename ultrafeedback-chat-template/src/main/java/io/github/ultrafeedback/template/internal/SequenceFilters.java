package io.github.ultrafeedback.template.internal;

import static io.github.ultrafeedback.template.internal.Routine.flag;
import static io.github.ultrafeedback.template.internal.Routine.given;
import static io.github.ultrafeedback.template.internal.Routine.strictFlag;
import static io.github.ultrafeedback.template.internal.Routine.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Filters of sequences. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void add(Routine.Table table) {
        table.add("first seq", (a, b) -> first(a[0]))
                .add("last seq", (a, b) -> last(a[0], b))
                .add("reverse value", (a, b) -> reverse(a[0], b))
                .add("sort value reverse= case_sensitive= attribute=", SequenceFilters::sort)
                .add("dictsort value case_sensitive= by= reverse=", SequenceFilters::dictSort)
                .add("unique value case_sensitive= attribute=", SequenceFilters::unique)
                .add("min value case_sensitive= attribute=", (a, b) -> extreme(a, b, false))
                .add("max value case_sensitive= attribute=", (a, b) -> extreme(a, b, true))
                .add("sum iterable attribute= start=", SequenceFilters::sum)
                .add("items value", (a, b) -> items(a[0]));
    }

    private static Object items(Object value) {
        if (value instanceof Undefined) {
            return new Iter(List.of().iterator());
        }
        if (value instanceof Dict dict) {
            return new Iter(new DictView(dict, DictView.Part.ITEMS).iterator());
        }
        // A generator fails only when it is read.
        return new Iter(new FailingIterator("Can only get item pairs from a mapping."));
    }

    private static Object first(Object value) {
        Iterator<Object> items = Sequences.iterator(value);
        return items.hasNext() ? items.next() : new Undefined("No first item, sequence was empty.");
    }

    private static Object last(Object value, Budget budget) {
        List<Object> items = Sequences.reversed(value, budget);
        return items.isEmpty() ? new Undefined("No last item, sequence was empty.") : items.get(0);
    }

    private static Object reverse(Object value, Budget budget) {
        if (value instanceof Text text) {
            return Slices.slice(text, Sentinel.NONE, Sentinel.NONE, -1L, budget);
        }
        if (Sequences.size(value) >= 0) {
            return new Iter(Sequences.reversed(value, budget).iterator());
        }
        List<Object> items = Sequences.toList(value, budget);
        java.util.Collections.reverse(items);
        return Items.list(items);
    }

    private static Object sort(Object[] a, Budget budget) {
        boolean caseSensitive = flag(a[2]);
        List<Object> paths = new ArrayList<>();
        if (a[3] instanceof Text path) {
            Splits.split(path, Text.value(","), -1, budget).list().forEach(paths::add);
        } else {
            paths.add(a[3]);
        }
        List<Object> items = Sequences.toList(a[0], budget);
        return Items.list(Sorting.sort(
                items,
                item -> Items.list(paths.stream()
                        .map(path -> Filters.by(item, path, Sentinel.NONE, caseSensitive, budget))
                        .toList()),
                strictFlag(a[1]),
                budget));
    }

    private static Object dictSort(Object[] a, Budget budget) {
        if (a[0] instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(a[0] instanceof Dict dict)) {
            throw Failure.type("dictsort takes a mapping");
        }
        String by = a[2] == Sentinel.MISSING ? "key" : text(a[2]).string();
        if (!by.equals("key") && !by.equals("value")) {
            throw Failure.render("dictsort: you can only sort by either \"key\" or \"value\"");
        }
        int place = by.equals("key") ? 0 : 1;
        List<Object> pairs = Sequences.toList(new DictView(dict, DictView.Part.ITEMS), budget);
        return Items.list(Sorting.sort(
                pairs,
                pair -> Filters.by(((Items) pair).get(place), Sentinel.NONE, Sentinel.NONE, flag(a[1]), budget),
                strictFlag(a[3]),
                budget));
    }

    private static Object unique(Object[] a, Budget budget) {
        Set<Object> seen = new HashSet<>();
        return MapFilters.lazily(() -> new Generator(budget, Sequences.iterator(a[0]), item -> {
            Object key = Filters.by(item, a[2], Sentinel.NONE, flag(a[1]), budget);
            return seen.add(Key.of(key)) ? item : Sentinel.MISSING;
        }));
    }

    private static Object extreme(Object[] a, Budget budget, boolean max) {
        List<Object> items = Sequences.toList(a[0], budget);
        if (items.isEmpty()) {
            return new Undefined("No aggregated item, sequence was empty.");
        }
        Object best = items.get(0);
        Object bestKey = Filters.by(best, a[2], Sentinel.NONE, flag(a[1]), budget);
        for (Object item : items.subList(1, items.size())) {
            Object key = Filters.by(item, a[2], Sentinel.NONE, flag(a[1]), budget);
            boolean better = max ? Compare.ordered(">", key, bestKey, budget) : Compare.less(key, bestKey, budget);
            if (better) {
                best = item;
                bestKey = key;
            }
        }
        return best;
    }

    private static Object sum(Object[] a, Budget budget) {
        Object total = a[2] == Sentinel.MISSING ? 0L : a[2];
        if (total instanceof Text) {
            throw Failure.type("sum() can't sum strings");
        }
        for (Iterator<Object> it = Sequences.iterator(a[0]); it.hasNext(); ) {
            budget.step();
            Object item = it.next();
            Object value = given(a[1]) ? Filters.by(item, a[1], Sentinel.NONE, true, budget) : item;
            total = Arithmetic.binary("+", total, value, budget);
        }
        return total;
    }
}
