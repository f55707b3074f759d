package io.github.ultrafeedback.template.internal;

import java.util.HashMap;
import java.util.Map;

/** A filter, a test or a method: its parameters and what it does. */
record Routine(Signature signature, Body body) {
    Object call(Object self, Args args, Budget budget) {
        return body.apply(signature.bind(self, args), budget);
    }

    /** The work; {@code a[0]} is the value filtered, tested or owning the method. */
    interface Body {
        Object apply(Object[] a, Budget budget);
    }

    /** Routines by name. */
    static final class Table {
        private final Map<String, Routine> routines = new HashMap<>();

        Table add(String signature, Body body) {
            Signature parsed = Signature.parse(signature);
            routines.put(parsed.name(), new Routine(parsed, body));
            return this;
        }

        Table alias(String alias, String name) {
            Routine routine = routines.get(name);
            if (routine == null) {
                throw new IllegalArgumentException("no routine " + name);
            }
            routines.put(alias, routine);
            return this;
        }

        Map<String, Routine> build() {
            return Map.copyOf(routines);
        }
    }

    static Text text(Object value) {
        if (value instanceof Text text) {
            return text;
        }
        throw Failure.type("expected a string, got " + Types.name(value));
    }

    static boolean given(Object value) {
        return value != Sentinel.MISSING && value != Sentinel.NONE;
    }

    static boolean flag(Object value) {
        return value != Sentinel.MISSING && Types.truth(value);
    }

    /** A flag that Python wants to be a number: no truth of other types. */
    static boolean strictFlag(Object value) {
        return value != Sentinel.MISSING && Numbers.index(value) != 0;
    }

    static int integer(Object value, int fallback) {
        return value == Sentinel.MISSING ? fallback : Numbers.index(value);
    }
}
