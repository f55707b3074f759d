package io.github.ultrafeedback.template.internal;

/**
 * Finds strings in strings in linear time. Java's own search takes quadratic time for hostile pairs, and a template
 * could hang on one; it serves short strings only, the rest goes to Knuth, Morris and Pratt's.
 */
final class Finder {
    private static final int SHORT_NEEDLE = 16;
    private static final int SHORT_TEXT = 4096;

    private final String text;
    private final String sought;
    private final boolean backwards;

    private Finder(String text, String sought, boolean backwards) {
        this.text = text;
        this.sought = sought;
        this.backwards = backwards;
    }

    /** The first place at or after {@code from}, -1 if there is none. */
    static int indexOf(String text, String sought, int from, Budget budget) {
        if (sought.length() <= SHORT_NEEDLE || text.length() - from <= SHORT_TEXT) {
            int found = text.indexOf(sought, from);
            budget.work((long) (found < 0 ? text.length() : found) - from);
            return found;
        }
        budget.work(16L * (text.length() - from));
        int found = new Finder(text, sought, false).search(from, text.length());
        return found < 0 ? -1 : found;
    }

    /** The last place that ends at or before {@code to}, -1 if there is none. */
    static int lastIndexOf(String text, String sought, int to, Budget budget) {
        if (to < sought.length()) {
            return -1;
        }
        if (sought.length() <= SHORT_NEEDLE || to <= SHORT_TEXT) {
            int found = text.lastIndexOf(sought, to - sought.length());
            budget.work((long) to - Math.max(0, found));
            return found;
        }
        budget.work(16L * to);
        int found = new Finder(text, sought, true).search(text.length() - to, text.length());
        return found < 0 ? -1 : text.length() - found - sought.length();
    }

    private char at(String string, int index) {
        return string.charAt(backwards ? string.length() - 1 - index : index);
    }

    /** Where the sought string starts, counted from the end of the text when going backwards. */
    private int search(int from, int to) {
        int[] borders = borders();
        int matched = 0;
        for (int i = from; i < to; i++) {
            char c = at(text, i);
            while (matched > 0 && at(sought, matched) != c) {
                matched = borders[matched - 1];
            }
            matched += at(sought, matched) == c ? 1 : 0;
            if (matched == sought.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /** For each prefix, the length of its longest proper suffix that is a prefix too. */
    private int[] borders() {
        int[] borders = new int[sought.length()];
        int border = 0;
        for (int i = 1; i < borders.length; i++) {
            while (border > 0 && at(sought, border) != at(sought, i)) {
                border = borders[border - 1];
            }
            border += at(sought, border) == at(sought, i) ? 1 : 0;
            borders[i] = border;
        }
        return borders;
    }
}
