package io.github.ultrafeedback.template.internal;

import java.util.List;

/** Finding strings in strings; all offsets count code points. Arguments: self, sought, start, end. */
final class Search {
    private Search() {}

    static long find(Object[] a, boolean last) {
        Text self = Routine.text(a[0]);
        String sought = Routine.text(a[1]).string();
        int size = self.length();
        int from = start(a, size);
        int to = end(a, size);
        if (from > to) {
            return -1;
        }
        String part = self.string().substring(self.offset(from), self.offset(to));
        int found = last ? part.lastIndexOf(sought) : part.indexOf(sought);
        return found < 0 ? -1 : from + part.codePointCount(0, found);
    }

    static long index(Object[] a, boolean last) {
        long found = find(a, last);
        if (found < 0) {
            throw Failure.value("substring not found");
        }
        return found;
    }

    static long count(Object[] a) {
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
        for (int i = part.indexOf(sought); i >= 0; i = part.indexOf(sought, i + sought.length())) {
            count++;
        }
        return count;
    }

    static boolean starts(Object[] a, boolean atEnd) {
        Text self = Routine.text(a[0]);
        List<Object> affixes = a[1] instanceof Items items && items.tuple() ? items.list() : List.of(a[1]);
        int from = start(a, self.length());
        int to = end(a, self.length());
        for (Object affix : affixes) {
            if (!(affix instanceof Text text)) {
                throw Failure.type("the affix must be a string or a tuple of strings, not " + Types.name(affix));
            }
            if (from <= to && matches(self, from, to, text.string(), atEnd)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Text self, int from, int to, String affix, boolean atEnd) {
        String part = self.string().substring(self.offset(from), self.offset(to));
        return atEnd ? part.endsWith(affix) : part.startsWith(affix);
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
