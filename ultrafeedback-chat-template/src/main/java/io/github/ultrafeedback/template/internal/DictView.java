package io.github.ultrafeedback.template.internal;

import java.util.Iterator;

/** What {@code keys()}, {@code values()} and {@code items()} of a dict give. */
record DictView(Dict dict, Part part) {
    enum Part {
        KEYS,
        VALUES,
        ITEMS
    }

    Iterator<Object> iterator() {
        return dict.entries().stream().map(this::pick).iterator();
    }

    String name() {
        return switch (part) {
            case KEYS -> "dict_keys";
            case VALUES -> "dict_values";
            case ITEMS -> "dict_items";
        };
    }

    private Object pick(Dict.Entry entry) {
        return switch (part) {
            case KEYS -> entry.key();
            case VALUES -> entry.value();
            case ITEMS -> Items.tuple(entry.key(), entry.value());
        };
    }
}
