package io.github.ultrafeedback.template.internal;

import static io.github.ultrafeedback.template.internal.Routine.flag;
import static io.github.ultrafeedback.template.internal.Routine.given;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that cut sequences into groups. */
final class GroupFilters {
    private GroupFilters() {}

    static void add(Routine.Table table) {
        table.add("batch value linecount fill_with=", (a, b) -> MapFilters.lazily(() -> batch(a, b)))
                .add("slice value slices fill_with=", (a, b) -> MapFilters.lazily(() -> slice(a, b)))
                .add("groupby value attribute default= case_sensitive=", GroupFilters::groupBy);
    }

    private static Iterator<Object> batch(Object[] a, Budget budget) {
        List<Object> items = Sequences.toList(a[0], budget);
        if (!Types.isNumber(a[1])) {
            // Python compares the length with it and finds it unequal: one batch of all.
            return items.isEmpty()
                    ? Collections.emptyIterator()
                    : List.<Object>of(Items.list(items)).iterator();
        }
        int size = a[1] instanceof Double number && number != Math.rint(number) ? -1 : (int) Numbers.toDouble(a[1]);
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object item : items) {
            if (batch.size() == size) {
                budget.step();
                batches.add(Items.list(batch));
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            if (given(a[2])) {
                int missing = Math.max(0, size - batch.size());
                budget.steps(missing);
                batch.addAll(Collections.nCopies(missing, a[2]));
            }
            batches.add(Items.list(batch));
        }
        return batches.iterator();
    }

    private static Iterator<Object> slice(Object[] a, Budget budget) {
        List<Object> items = Sequences.toList(a[0], budget);
        int count = Numbers.index(a[1]);
        if (count == 0) {
            throw Failure.render("slice: division by zero");
        }
        budget.steps(Math.max(0, count));
        int each = Math.floorDiv(items.size(), count);
        int more = Math.floorMod(items.size(), count);
        List<Object> slices = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = from + each + (i < more ? 1 : 0);
            List<Object> slice = new ArrayList<>(items.subList(from, to));
            if (given(a[2]) && i >= more) {
                slice.add(a[2]);
            }
            slices.add(Items.list(slice));
            from = to;
        }
        return slices.iterator();
    }

    private static Object groupBy(Object[] a, Budget budget) {
        boolean caseSensitive = flag(a[3]);
        List<Object> sorted = Sorting.sort(
                Sequences.toList(a[0], budget),
                item -> Filters.by(item, a[1], a[2], caseSensitive, budget),
                false,
                budget);
        List<Object> groups = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        Object key = Sentinel.MISSING;
        for (Object item : sorted) {
            Object next = Filters.by(item, a[1], a[2], caseSensitive, budget);
            if (!group.isEmpty() && !Compare.equal(key, next, budget)) {
                groups.add(group(group, a, budget));
                group = new ArrayList<>();
            }
            key = next;
            group.add(item);
        }
        if (!group.isEmpty()) {
            groups.add(group(group, a, budget));
        }
        return Items.list(groups);
    }

    private static Object group(List<Object> items, Object[] a, Budget budget) {
        return new Group(Filters.by(items.get(0), a[1], a[2], true, budget), Items.list(items)).asTuple();
    }

    /** One group, a pair; its fields also have names. */
    record Group(Object grouper, Items list) {
        Items asTuple() {
            return new Items(new GroupList(this), true);
        }
    }

    /** The list behind a group's tuple, by which the group is found again. */
    private static final class GroupList extends java.util.AbstractList<Object> {
        private final Group group;

        GroupList(Group group) {
            this.group = group;
        }

        @Override
        public Object get(int index) {
            return switch (index) {
                case 0 -> group.grouper();
                case 1 -> group.list();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }

        @Override
        public int size() {
            return 2;
        }
    }

    /** The named fields of a group's tuple; null for other tuples and names. */
    static @Nullable Object field(Items items, String name) {
        if (!(items.list() instanceof GroupList list)) {
            return null;
        }
        return Map.<String, Object>of("grouper", list.group.grouper(), "list", list.group.list())
                .get(name);
    }
}
