package io.github.ultrafeedback.template.internal;

import java.util.List;
import java.util.Map;

/** The arguments of one call: by position, and by name in the order written; spread if names came from a mapping. */
record Args(List<Object> positional, Map<String, Object> named, boolean spread) {
    static final Args NO_ARGS = new Args(List.of(), Map.of());

    Args(List<Object> positional, Map<String, Object> named) {
        this(positional, named, false);
    }

    /** A name for an error message, without those that a value may have brought. */
    String shown(String name) {
        return spread ? "given after **" : "'" + name + "'";
    }

    static Args of(Object... positional) {
        return new Args(List.of(positional), Map.of());
    }

    int size() {
        return positional.size();
    }

    /** The arguments without the first {@code count} positional ones. */
    Args from(int count) {
        return new Args(positional.subList(count, positional.size()), named, spread);
    }
}
