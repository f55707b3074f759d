package io.github.ultrafeedback.template.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Python dict: keys in insertion order, found by {@link Key}. Filled by who makes it, then left alone. */
final class Dict {
    private final Map<Object, Entry> entries;

    Dict() {
        entries = new LinkedHashMap<>();
    }

    Dict(Dict other) {
        entries = new LinkedHashMap<>(other.entries);
    }

    void put(Object key, Object value) {
        Object found = Key.of(key);
        Entry old = entries.get(found);
        entries.put(found, new Entry(old == null ? key : old.key(), value));
    }

    void putAll(Dict other) {
        other.entries().forEach(entry -> put(entry.key(), entry.value()));
    }

    /** The value of a key, null if there is none. An unhashable key is a failure. */
    @Nullable Object get(Object key) {
        Entry entry = entries.get(Key.of(key));
        return entry == null ? null : entry.value();
    }

    /** The value of a string key, null if there is none. */
    @Nullable Object get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    int size() {
        return entries.size();
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** One pair; the key as it was first written. */
    record Entry(Object key, Object value) {}
}
