package io.github.ultrafeedback.template.internal;

import java.util.Iterator;

/** What a generator is that fails at its first step. */
record FailingIterator(String message) implements Iterator<Object> {
    @Override
    public boolean hasNext() {
        throw Failure.type(message);
    }

    @Override
    public Object next() {
        throw Failure.type(message);
    }
}
