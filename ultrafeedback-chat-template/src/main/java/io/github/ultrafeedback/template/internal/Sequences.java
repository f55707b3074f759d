package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Iteration and length of whatever has them. */
final class Sequences {
    private Sequences() {}

    /** Number of elements, -1 for a value without length. */
    static int size(Object value) {
        if (value instanceof Text text) {
            return text.length();
        }
        if (value instanceof Items items) {
            return items.size();
        }
        if (value instanceof Dict dict) {
            return dict.size();
        }
        if (value instanceof DictView view) {
            return view.dict().size();
        }
        if (value instanceof Range range) {
            return range.size();
        }
        if (value instanceof Loop loop) {
            return (int) loop.length();
        }
        return value instanceof Undefined ? 0 : -1;
    }

    static int length(Object value) {
        int size = size(value);
        if (size < 0) {
            throw Failure.type("object of type '" + Types.name(value) + "' has no len()");
        }
        return size;
    }

    static boolean isIterable(Object value) {
        return size(value) >= 0 || value instanceof Iter;
    }

    static Iterator<Object> iterator(Object value) {
        if (value instanceof Items items) {
            return items.list().iterator();
        }
        if (value instanceof Iter iter) {
            return iter.iterator();
        }
        if (value instanceof Dict dict) {
            return new DictView(dict, DictView.Part.KEYS).iterator();
        }
        if (value instanceof DictView view) {
            return view.iterator();
        }
        if (value instanceof Text text) {
            return characters(text);
        }
        if (value instanceof Range range) {
            return range.asList().iterator();
        }
        if (value instanceof Undefined) {
            return Collections.emptyIterator();
        }
        throw Failure.type("'" + Types.name(value) + "' object is not iterable");
    }

    static List<Object> toList(Object value, Budget budget) {
        List<Object> list = new ArrayList<>();
        for (Iterator<Object> it = iterator(value); it.hasNext(); ) {
            budget.step();
            list.add(it.next());
        }
        return list;
    }

    /** The elements backwards, as Python's reversed(): none of a generator. */
    static List<Object> reversed(Object value, Budget budget) {
        if (size(value) < 0 || value instanceof Loop) {
            throw Failure.type("'" + Types.name(value) + "' object is not reversible");
        }
        List<Object> list = toList(value, budget);
        Collections.reverse(list);
        return list;
    }

    private static Iterator<Object> characters(Text text) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < text.string().length();
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = next;
                next += Character.charCount(text.string().codePointAt(from));
                return text.sub(from, next).plain(); // what Python iterates over is no Markup
            }
        };
    }
}
