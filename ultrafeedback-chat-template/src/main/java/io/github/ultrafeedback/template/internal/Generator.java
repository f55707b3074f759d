package io.github.ultrafeedback.template.internal;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/** Maps items one by one, when asked for; an item mapped to MISSING is left out. Not thread-safe. */
final class Generator implements Iterator<Object> {
    private final Budget budget;
    private final Iterator<Object> items;
    private final UnaryOperator<Object> map;
    private Object next = Sentinel.MISSING;

    Generator(Budget budget, Iterator<Object> items, UnaryOperator<Object> map) {
        this.budget = budget;
        this.items = items;
        this.map = map;
    }

    @Override
    public boolean hasNext() {
        while (next == Sentinel.MISSING && items.hasNext()) {
            budget.step();
            next = map.apply(items.next());
        }
        return next != Sentinel.MISSING;
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Object item = next;
        next = Sentinel.MISSING;
        return item;
    }
}
