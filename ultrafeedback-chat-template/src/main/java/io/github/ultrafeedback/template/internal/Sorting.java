package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Python's stable sort, which only asks "less than": a merge sort, since Java's own refuses an odd order (NaN). */
final class Sorting {
    private Sorting() {}

    static List<Object> sort(List<Object> items, UnaryOperator<Object> key, boolean reverse, Budget budget) {
        List<Pair> pairs = new ArrayList<>();
        items.forEach(item -> pairs.add(new Pair(key.apply(item), item)));
        if (reverse) {
            Collections.reverse(pairs);
        }
        List<Object> result = new ArrayList<>();
        split(pairs, budget).forEach(pair -> result.add(pair.item()));
        if (reverse) {
            Collections.reverse(result);
        }
        return result;
    }

    private static List<Pair> split(List<Pair> pairs, Budget budget) {
        if (pairs.size() < 2) {
            return pairs;
        }
        int half = pairs.size() / 2;
        List<Pair> first = split(pairs.subList(0, half), budget);
        return merge(first, split(pairs.subList(half, pairs.size()), budget), budget);
    }

    private static List<Pair> merge(List<Pair> a, List<Pair> b, Budget budget) {
        List<Pair> merged = new ArrayList<>(a.size() + b.size());
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            budget.work(1);
            boolean takeRight = Compare.less(b.get(j).key(), a.get(i).key(), budget);
            merged.add(takeRight ? b.get(j++) : a.get(i++));
        }
        merged.addAll(a.subList(i, a.size()));
        merged.addAll(b.subList(j, b.size()));
        return merged;
    }

    private record Pair(Object key, Object item) {}
}
