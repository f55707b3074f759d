package io.github.ultrafeedback.template.internal;

import java.util.HashMap;
import java.util.Map;

/** The names that a rendering starts with, and those that the template sets at its top level. */
final class Context {
    private final Map<String, Object> given;
    private final Map<String, Object> set = new HashMap<>();

    Context(Map<String, Object> given) {
        this.given = given;
    }

    Object resolve(String name) {
        Object own = set.get(name);
        if (own != null && own != Sentinel.MISSING) {
            return own;
        }
        return given.getOrDefault(name, Sentinel.MISSING);
    }

    void set(String name, Object value) {
        set.put(name, value);
    }

    /** A context that knows all of this one and some names more. */
    Context derived(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(given);
        all.putAll(set);
        more.forEach((name, value) -> {
            if (value != Sentinel.MISSING) {
                all.put(name, value);
            }
        });
        return new Context(all);
    }
}
