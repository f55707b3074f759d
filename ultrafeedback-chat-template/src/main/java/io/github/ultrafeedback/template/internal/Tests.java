package io.github.ultrafeedback.template.internal;

import static io.github.ultrafeedback.template.internal.Routine.text;

import java.util.Map;
import java.util.function.Predicate;

/** The tests by name: what may stand after {@code is}. */
final class Tests {
    static final Map<String, Routine> ALL = all();

    private Tests() {}

    private static Map<String, Routine> all() {
        Routine.Table table = new Routine.Table();
        types(table);
        comparisons(table);
        table.add("odd value", (a, b) -> rest(a[0], 2L, b, 1L))
                .add("even value", (a, b) -> rest(a[0], 2L, b, 0L))
                .add("divisibleby value num", (a, b) -> rest(a[0], a[1], b, 0L))
                .add("lower value", (a, b) -> Chars.isLower(Repr.str(a[0], b).string()))
                .add("upper value", (a, b) -> Chars.isUpper(Repr.str(a[0], b).string()))
                .add("filter value", (a, b) -> Filters.ALL.containsKey(name(a[0])))
                .add("test value", (a, b) -> Tests.ALL.containsKey(name(a[0])))
                .add("sameas value other", (a, b) -> same(a[0], a[1]))
                .add("in value seq", (a, b) -> Compare.contains(a[1], a[0], b));
        return table.build();
    }

    private static String name(Object value) {
        if (value instanceof Text text) {
            return text.string();
        }
        Key.of(value);
        return "";
    }

    private static void types(Routine.Table table) {
        test(table, "defined", value -> !(value instanceof Undefined));
        test(table, "undefined", Undefined.class::isInstance);
        test(table, "none", value -> value == Sentinel.NONE);
        test(table, "boolean", Boolean.class::isInstance);
        test(table, "true", Boolean.TRUE::equals);
        test(table, "false", Boolean.FALSE::equals);
        test(table, "integer", value -> Types.isInt(value) && !(value instanceof Boolean));
        test(table, "float", Double.class::isInstance);
        test(table, "number", Types::isNumber);
        test(table, "string", Text.class::isInstance);
        test(table, "mapping", Dict.class::isInstance);
        test(table, "iterable", Sequences::isIterable);
        test(
                table,
                "sequence",
                value -> Sequences.size(value) >= 0 && !(value instanceof DictView) && !(value instanceof Loop));
        test(table, "callable", value -> value instanceof Invocable || value instanceof Undefined);
        test(table, "escaped", value -> value instanceof Text text && text.isMarkup());
    }

    private static void test(Routine.Table table, String name, Predicate<Object> test) {
        table.add(name + " value", (a, b) -> test.test(a[0]));
    }

    private interface Comparison {
        boolean holds(Object a, Object b, Budget budget);
    }

    private static void comparisons(Routine.Table table) {
        compare(table, Compare::equal, "eq", "==", "equalto");
        compare(table, (a, b, budget) -> !Compare.equal(a, b, budget), "ne", "!=");
        compare(table, (a, b, budget) -> Compare.ordered(">", a, b, budget), "gt", ">", "greaterthan");
        compare(table, (a, b, budget) -> Compare.ordered(">=", a, b, budget), "ge", ">=");
        compare(table, (a, b, budget) -> Compare.ordered("<", a, b, budget), "lt", "<", "lessthan");
        compare(table, (a, b, budget) -> Compare.ordered("<=", a, b, budget), "le", "<=");
    }

    private static void compare(Routine.Table table, Comparison test, String name, String... aliases) {
        table.add(name + " a b /", (a, b) -> test.holds(a[0], a[1], b));
        for (String alias : aliases) {
            table.alias(alias, name);
        }
    }

    private static boolean rest(Object value, Object divisor, Budget budget, Object expected) {
        return Compare.equal(Arithmetic.binary("%", value, divisor, budget), expected, budget);
    }

    /** Python's identity, as far as it can be relied on: the very object, or an equal small immutable one. */
    private static boolean same(Object a, Object b) {
        if (a == b) {
            return true;
        }
        if (a instanceof Text x && b instanceof Text y) {
            return x.string().equals(text(y).string());
        }
        return (a instanceof Long x && b instanceof Long y && x.equals(y)) || (a instanceof Boolean && a.equals(b));
    }
}
