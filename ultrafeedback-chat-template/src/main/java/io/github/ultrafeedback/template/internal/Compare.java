package io.github.ultrafeedback.template.internal;

import java.util.Iterator;
import java.util.List;

/** Python's equality, order and membership. */
final class Compare {
    private Compare() {}

    static boolean equal(Object a, Object b, Budget budget) {
        if (a instanceof Text x && b instanceof Text y) {
            budget.work(x.string().length());
            return x.string().equals(y.string());
        }
        if (Types.isNumber(a) && Types.isNumber(b)) {
            return !isNaN(a) && !isNaN(b) && Numbers.compare(a, b) == 0;
        }
        if (a == b) {
            return true;
        }
        if (a instanceof Items x && b instanceof Items y) {
            return x.tuple() == y.tuple() && equalLists(x.list(), y.list(), budget);
        }
        if (a instanceof Dict x && b instanceof Dict y) {
            return equalDicts(x, y, budget);
        }
        if (a instanceof Range x && b instanceof Range y) {
            return x.asList().equals(y.asList());
        }
        if (a instanceof DictView x && b instanceof DictView y) {
            return equalViews(x, y, budget);
        }
        return a instanceof Undefined && b instanceof Undefined;
    }

    private static boolean equalViews(DictView x, DictView y, Budget budget) {
        if (x.part() == DictView.Part.VALUES || y.part() == DictView.Part.VALUES) {
            return false;
        }
        if (x.dict().size() != y.dict().size()) {
            return false;
        }
        for (Iterator<Object> it = x.iterator(); it.hasNext(); ) {
            if (!contains(y, it.next(), budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double number && Double.isNaN(number);
    }

    private static boolean equalLists(List<Object> a, List<Object> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i), budget)) {
                return false;
            }
        }
        return true;
    }

    /** Equality of elements: Python takes identity first, which only matters for NaN. */
    private static boolean same(Object a, Object b, Budget budget) {
        budget.work(1);
        return a == b || equal(a, b, budget);
    }

    private static boolean equalDicts(Dict a, Dict b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Dict.Entry entry : a.entries()) {
            Object other = b.get(entry.key());
            if (other == null || !same(entry.value(), other, budget)) {
                return false;
            }
        }
        return true;
    }

    static boolean less(Object a, Object b, Budget budget) {
        return ordered("<", a, b, budget);
    }

    /** One of the four order operators. */
    static boolean ordered(String operator, Object a, Object b, Budget budget) {
        if (a instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if ((isNaN(a) && Types.isNumber(b)) || (isNaN(b) && Types.isNumber(a))) {
            return false;
        }
        if (a instanceof Items x && b instanceof Items y && x.tuple() == y.tuple()) {
            return orderedLists(operator, x.list(), y.list(), budget);
        }
        return holds(operator, order(operator, a, b, budget));
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean orderedLists(String operator, List<Object> a, List<Object> b, Budget budget) {
        for (int i = 0; i < a.size() && i < b.size(); i++) {
            if (!same(a.get(i), b.get(i), budget)) {
                return ordered(operator, a.get(i), b.get(i), budget);
            }
        }
        return holds(operator, Integer.compare(a.size(), b.size()));
    }

    private static int order(String operator, Object a, Object b, Budget budget) {
        if (Types.isNumber(a) && Types.isNumber(b)) {
            return Numbers.compare(a, b);
        }
        if (a instanceof Text x && b instanceof Text y) {
            budget.work(32L * Math.min(x.string().length(), y.string().length()));
            return byCodePoint(x.string(), y.string());
        }
        throw Failure.type("'" + operator + "' not supported between instances of '" + Types.name(a) + "' and '"
                + Types.name(b) + "'");
    }

    /** Java orders UTF-16 units, which puts surrogates before the last of the basic plane. */
    private static int byCodePoint(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean pairs = Character.isSurrogate(x) != Character.isSurrogate(y);
                return pairs ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Python's {@code item in container}. */
    static boolean contains(Object container, Object item, Budget budget) {
        if (container instanceof Text text) {
            if (!(item instanceof Text part)) {
                throw Failure.type("'in <string>' requires string as left operand, not " + Types.name(item));
            }
            return Finder.indexOf(text.string(), part.string(), 0, budget) >= 0;
        }
        if (container instanceof Dict dict) {
            return dict.get(item) != null;
        }
        if (container instanceof DictView view && view.part() == DictView.Part.KEYS) {
            return view.dict().get(item) != null;
        }
        if (container instanceof DictView view && view.part() == DictView.Part.ITEMS) {
            return containsPair(view.dict(), item, budget);
        }
        if (!Sequences.isIterable(container)) {
            throw Failure.type("argument of type '" + Types.name(container) + "' is not iterable");
        }
        for (Iterator<Object> it = Sequences.iterator(container); it.hasNext(); ) {
            if (same(item, it.next(), budget)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsPair(Dict dict, Object item, Budget budget) {
        if (!(item instanceof Items pair) || !pair.tuple() || pair.size() != 2) {
            return false;
        }
        Object value = dict.get(pair.get(0));
        return value != null && same(pair.get(1), value, budget);
    }
}
