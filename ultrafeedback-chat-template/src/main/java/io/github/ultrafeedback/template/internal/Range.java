package io.github.ultrafeedback.template.internal;

import java.util.AbstractList;
import java.util.List;

/** A Python range of at most 100,000 numbers, the sandbox's bound. */
record Range(long start, long stop, long step) {
    private static final long MOST = 100_000;

    Range {
        if (step == 0) {
            throw Failure.value("range() arg 3 must not be zero");
        }
        if (count(start, stop, step) > MOST) {
            throw Failure.overflow("Range too big. The sandbox blocks ranges larger than " + MOST + ".");
        }
    }

    int size() {
        return (int) count(start, stop, step);
    }

    List<Object> asList() {
        int size = size();
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return start + index * step;
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Floating point is exact enough to tell a range over the bound from one under it. */
    private static long count(long start, long stop, long step) {
        double span = step > 0 ? (double) stop - start : (double) start - stop;
        if (span <= 0) {
            return 0;
        }
        double steps = Math.ceil(span / Math.abs((double) step));
        if (steps > MOST * 2.0) {
            return Long.MAX_VALUE;
        }
        long distance = step > 0 ? stop - start : start - stop;
        return step == Long.MIN_VALUE ? 1 : (distance - 1) / Math.abs(step) + 1;
    }
}
