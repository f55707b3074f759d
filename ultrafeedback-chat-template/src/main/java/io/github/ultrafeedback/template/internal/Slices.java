package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.List;

/** Python's slices. */
final class Slices {
    private Slices() {}

    static Object slice(Object owner, Object start, Object stop, Object step, Budget budget) {
        if (owner instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(owner instanceof Text || owner instanceof Items || owner instanceof Range)) {
            throw Failure.type("'" + Types.name(owner) + "' object cannot be sliced");
        }
        int stride = step == Sentinel.NONE ? 1 : bound(step);
        if (stride == 0) {
            throw Failure.value("slice step cannot be zero");
        }
        int size = Sequences.size(owner);
        int from = edge(start, size, stride, stride > 0 ? 0 : size - 1);
        int to = edge(stop, size, stride, stride > 0 ? size : -1);
        long span = stride > 0 ? (long) to - from : (long) from - to;
        int count = span <= 0 ? 0 : (int) ((span - 1) / Math.abs((long) stride) + 1);
        if (owner instanceof Text text) {
            if (stride == 1) {
                budget.string(Math.max(0, to - from));
                return text.slice(from, Math.max(from, to));
            }
            return pick(text, from, stride, count, budget);
        }
        if (owner instanceof Range range) {
            long first = range.start() + from * range.step();
            long last = range.start() + to * range.step();
            return new Range(first, last, range.step() * stride);
        }
        Items items = (Items) owner;
        budget.steps(count);
        if (stride == 1) {
            return new Items(items.list().subList(count == 0 ? 0 : from, count == 0 ? 0 : to), items.tuple());
        }
        List<Object> picked = new ArrayList<>(count);
        for (long i = 0; i < count; i++) {
            picked.add(items.get((int) (from + i * stride)));
        }
        return new Items(picked, items.tuple());
    }

    private static Text pick(Text text, int from, int stride, int count, Budget budget) {
        TextBuilder out = new TextBuilder(budget);
        for (long i = 0; i < count; i++) {
            int point = (int) (from + i * stride);
            int start = text.offset(point);
            out.append(text, start, start + Character.charCount(text.string().codePointAt(start)));
        }
        return out.build().like(text);
    }

    private static int bound(Object value) {
        if (!Types.isInt(value)) {
            throw Failure.type("slice indices must be integers or None, not " + Types.name(value));
        }
        return Numbers.index(value);
    }

    private static int edge(Object value, int size, int stride, int open) {
        if (value == Sentinel.NONE) {
            return open;
        }
        int lowest = stride > 0 ? 0 : -1;
        int highest = stride > 0 ? size : size - 1;
        long index = bound(value);
        return (int) Math.max(lowest, Math.min(highest, index < 0 ? index + size : index));
    }
}
