package io.github.ultrafeedback.template.internal;

import java.util.List;

/** Finding strings in strings; all offsets count code points. Arguments: self, sought, start, end. */
final class Search {
    private Search() {}

    static long find(Object[] a, boolean last, Budget budget) {
        Text self = Routine.text(a[0]);
        String sought = Routine.text(a[1]).string();
        int size = self.length();
        int from = start(a, size);
        int to = end(a, size);
        if (from > to) {
            return -1;
        }
        String part = self.string().substring(self.offset(from), self.offset(to));
        int found = last
                ? Finder.lastIndexOf(part, sought, part.length(), budget)
                : Finder.indexOf(part, sought, 0, budget);
        return found < 0 ? -1 : from + part.codePointCount(0, found);
    }

    static long index(Object[] a, boolean last, Budget budget) {
        long found = find(a, last, budget);
        if (found < 0) {
            throw Failure.value("substring not found");
        }
        return found;
    }

    static long count(Object[] a, Budget budget) {
        Text self = Routine.text(a[0]);
        String sought = Routine.text(a[1]).string();
        int from = start(a, self.length());
        int to = end(a, self.length());
        if (from > to) {
            return 0;
        }
        if (sought.isEmpty()) {
            return to - from + 1L;
        }
        String part = self.string().substring(self.offset(from), self.offset(to));
        long count = 0;
        int found = Finder.indexOf(part, sought, 0, budget);
        while (found >= 0) {
            count++;
            found = Finder.indexOf(part, sought, found + sought.length(), budget);
        }
        return count;
    }

    static boolean starts(Object[] a, boolean atEnd, Budget budget) {
        Text self = Routine.text(a[0]);
        List<Object> affixes = a[1] instanceof Items items && items.tuple() ? items.list() : List.of(a[1]);
        int from = start(a, self.length());
        int to = end(a, self.length());
        String part = from > to ? "" : self.string().substring(self.offset(from), self.offset(to));
        for (Object affix : affixes) {
            if (!(affix instanceof Text text)) {
                throw Failure.type("the affix must be a string or a tuple of strings, not " + Types.name(affix));
            }
            budget.work(text.string().length());
            if (from <= to && (atEnd ? part.endsWith(text.string()) : part.startsWith(text.string()))) {
                return true;
            }
        }
        return false;
    }

    /** Not clamped to the size: a start beyond the end finds nothing, not even an empty string. */
    private static int start(Object[] a, int size) {
        if (!Routine.given(a[2])) {
            return 0;
        }
        int index = Numbers.index(a[2]);
        return index < 0 ? Math.max(0, index + size) : index;
    }

    private static int end(Object[] a, int size) {
        return Routine.given(a[3]) ? SequenceMethods.clamp(Numbers.index(a[3]), size) : size;
    }
}
