package io.github.ultrafeedback.template.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods of lists, tuples and dicts, and the names of those that change one, which the sandbox refuses. */
final class SequenceMethods {
    static final Set<String> LIST_MUTATORS =
            Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
    static final Set<String> DICT_MUTATORS = Set.of("clear", "pop", "popitem", "setdefault", "update");

    static final Map<String, Routine> OF_TUPLE = new Routine.Table()
            .add("index self value start= stop= /", SequenceMethods::index)
            .add(
                    "count self value /",
                    (a, b) -> Sequences.toList(a[0], b).stream()
                            .filter(item -> Compare.equal(item, a[1], b))
                            .count())
            .build();
    static final Map<String, Routine> OF_LIST = with(OF_TUPLE, "copy self /", (a, b) -> a[0]);
    static final Map<String, Routine> OF_DICT = new Routine.Table()
            .add("keys self /", (a, b) -> new DictView((Dict) a[0], DictView.Part.KEYS))
            .add("values self /", (a, b) -> new DictView((Dict) a[0], DictView.Part.VALUES))
            .add("items self /", (a, b) -> new DictView((Dict) a[0], DictView.Part.ITEMS))
            .add("copy self /", (a, b) -> copy((Dict) a[0], b))
            .add("get self key default= /", SequenceMethods::get)
            .add("fromkeys self keys value= /", SequenceMethods::fromKeys)
            .build();

    private SequenceMethods() {}

    private static Map<String, Routine> with(Map<String, Routine> methods, String signature, Routine.Body body) {
        Routine.Table table = new Routine.Table().add(signature, body);
        Map<String, Routine> added = table.build();
        Map<String, Routine> all = new java.util.HashMap<>(methods);
        all.putAll(added);
        return Map.copyOf(all);
    }

    private static Object copy(Dict dict, Budget budget) {
        budget.steps(2L * dict.size());
        return new Dict(dict);
    }

    private static Object get(Object[] a, Budget budget) {
        Object value = ((Dict) a[0]).get(a[1]);
        if (value != null) {
            return value;
        }
        return a[2] == Sentinel.MISSING ? Sentinel.NONE : a[2];
    }

    private static Object fromKeys(Object[] a, Budget budget) {
        Dict dict = new Dict();
        Sequences.toList(a[1], budget).forEach(key -> dict.put(key, a[2] == Sentinel.MISSING ? Sentinel.NONE : a[2]));
        return dict;
    }

    private static Object index(Object[] a, Budget budget) {
        List<Object> list = Sequences.toList(a[0], budget);
        int from = clamp(Routine.integer(a[2], 0), list.size());
        int to = clamp(Routine.integer(a[3], list.size()), list.size());
        for (int i = from; i < to; i++) {
            if (Compare.equal(list.get(i), a[1], budget)) {
                return (long) i;
            }
        }
        throw Failure.value("the value is not in the list");
    }

    static int clamp(int index, int size) {
        return Math.max(0, Math.min(size, index < 0 ? index + size : index));
    }
}
