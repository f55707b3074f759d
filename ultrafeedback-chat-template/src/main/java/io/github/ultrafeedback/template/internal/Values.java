package io.github.ultrafeedback.template.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns plain Java data into values. No reflection: a type that is not listed is refused. */
public final class Values {
    private static final int MOST_DEPTH = 100;

    private final UnaryOperator<Object> unwrap;

    /**
     * A converter.
     *
     * @param unwrap gives the {@link Text} inside a type of the caller's own, and all else back as it is
     */
    public Values(UnaryOperator<Object> unwrap) {
        this.unwrap = unwrap;
    }

    /**
     * The value of plain data.
     *
     * @param data null, Boolean, Integer, Long, BigInteger, Double, Float, CharSequence, {@link Text}, List or Map with
     *     string keys
     * @return the value
     * @throws IllegalArgumentException for any other type, or nesting deeper than 100
     */
    public Object of(@Nullable Object data) {
        return of(data, 0);
    }

    private Object of(@Nullable Object data, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException("context nests more than " + MOST_DEPTH + " deep");
        }
        if (data instanceof String string) {
            return Text.value(string);
        }
        if (data instanceof Map<?, ?> map) {
            Dict dict = new Dict();
            map.forEach((key, value) -> dict.put(key(key), of(value, depth + 1)));
            return dict;
        }
        if (data instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(of(item, depth + 1)));
            return Items.list(items);
        }
        return data == null ? Sentinel.NONE : scalar(data);
    }

    private Object scalar(Object wrapped) {
        Object data = unwrap.apply(wrapped);
        if (data instanceof Boolean || data instanceof Long || data instanceof Double || data instanceof Text) {
            return data;
        }
        if (data instanceof Integer || data instanceof Short || data instanceof Byte) {
            return ((Number) data).longValue();
        }
        if (data instanceof Float number) {
            return number.doubleValue();
        }
        if (data instanceof BigInteger number) {
            return Numbers.shrink(number);
        }
        if (data instanceof CharSequence sequence) {
            return Text.value(sequence.toString());
        }
        throw new IllegalArgumentException("context holds a " + data.getClass().getName()
                + "; allowed are null, Boolean, integers, Double, Float, strings, TemplateText, List and Map");
    }

    private static Text key(@Nullable Object key) {
        if (key instanceof CharSequence sequence) {
            return Text.value(sequence.toString());
        }
        throw new IllegalArgumentException("context holds a map with a key that is no string: "
                + (key == null ? "null" : key.getClass().getName()));
    }
}
