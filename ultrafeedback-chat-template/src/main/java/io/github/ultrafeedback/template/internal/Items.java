package io.github.ultrafeedback.template.internal;

import java.util.List;

/** A Python list or tuple. Templates cannot change one, so it is shared freely. */
record Items(List<Object> list, boolean tuple) {
    static final Items NO_ITEMS = new Items(List.of(), true);

    static Items list(List<Object> list) {
        return new Items(list, false);
    }

    static Items tuple(Object... items) {
        return new Items(List.of(items), true);
    }

    int size() {
        return list.size();
    }

    Object get(int index) {
        return list.get(index);
    }
}
