package io.github.ultrafeedback.template.internal;

import java.math.BigDecimal;
import java.util.List;

/** What a value is found by in a dict: equal in Java exactly when the values are equal in Python. */
final class Key {
    private Key() {}

    /** A tuple that holds itself twice at each of many levels has more values than memory has room for. */
    private static final int MOST_VALUES = 10_000;

    static Object of(Object value) {
        return value instanceof Text text ? text.string() : of(value, new int[] {MOST_VALUES});
    }

    private static Object of(Object value, int[] left) {
        if (value instanceof Text text) {
            return text.string();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof Items items) {
            if (!items.tuple()) {
                throw Failure.type("a list cannot be a key");
            }
            left[0] -= items.size();
            if (left[0] < 0) {
                throw Failure.limit("a tuple of more than " + MOST_VALUES + " values as a key");
            }
            return new TupleKey(
                    items.list().stream().map(item -> of(item, left)).toList());
        }
        if (value instanceof Dict || value instanceof DictView) {
            throw Failure.type("a " + Types.name(value) + " cannot be a key");
        }
        if (value instanceof Undefined) {
            return Undefined.class;
        }
        return value;
    }

    private static Object number(double number) {
        if (number != Math.rint(number) || Double.isInfinite(number)) {
            return number;
        }
        return Numbers.shrink(new BigDecimal(number).toBigInteger());
    }

    private record TupleKey(List<Object> keys) {}
}
