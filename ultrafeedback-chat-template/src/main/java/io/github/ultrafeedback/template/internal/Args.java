package io.github.ultrafeedback.template.internal;

import java.util.List;
import java.util.Map;

/** The arguments of one call: by position, and by name in the order written. */
record Args(List<Object> positional, Map<String, Object> named) {
    static final Args NO_ARGS = new Args(List.of(), Map.of());

    static Args of(Object... positional) {
        return new Args(List.of(positional), Map.of());
    }

    int size() {
        return positional.size();
    }

    /** The arguments without the first {@code count} positional ones. */
    Args from(int count) {
        return new Args(positional.subList(count, positional.size()), named);
    }
}
