package io.github.ultrafeedback.template.internal;

import java.math.BigDecimal;
import java.util.List;

/** What a value is found by in a dict: equal in Java exactly when the values are equal in Python. */
final class Key {
    private Key() {}

    static Object of(Object value) {
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
            return new TupleKey(items.list().stream().map(Key::of).toList());
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
