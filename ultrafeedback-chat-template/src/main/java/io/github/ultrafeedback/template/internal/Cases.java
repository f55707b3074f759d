package io.github.ultrafeedback.template.internal;

import java.util.Locale;

/** Python's changes between upper, lower and title case. */
final class Cases {
    private static final char SIGMA = '\u03a3';

    /** Java takes quadratic time where characters become several, as a sharp s does; pieces keep it linear. */
    private static final int CHUNK = 1024;

    private Cases() {}

    static String upper(String string) {
        if (string.length() <= CHUNK) {
            return string.toUpperCase(Locale.ROOT);
        }
        StringBuilder out = new StringBuilder(string.length());
        for (int from = 0; from < string.length(); ) {
            int to = Math.min(string.length(), from + CHUNK);
            to += to < string.length() && Character.isLowSurrogate(string.charAt(to)) ? 1 : 0;
            out.append(string.substring(from, to).toUpperCase(Locale.ROOT));
            from = to;
        }
        return out.toString();
    }

    static String lower(String string) {
        if (string.indexOf(SIGMA) < 0 && string.indexOf('\u0130') < 0) {
            return string.toLowerCase(Locale.ROOT);
        }
        StringBuilder out = new StringBuilder(string.length());
        for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            out.append(lowerAt(string, i));
        }
        return out.toString();
    }

    static String titleCase(int c) {
        int simple = Character.toTitleCase(c);
        String upper = upper(Character.toString(c));
        if (simple != c || Character.isTitleCase(c) || upper.codePointCount(0, upper.length()) == 1) {
            return Character.toString(simple);
        }
        int first = Character.charCount(upper.codePointAt(0));
        String rest = upper.substring(first);
        boolean greek = c >= 0x1f00 && c < 0x2000;
        String titled = greek ? rest.replace('\u0399', '\u0345') : c == 0x149 ? rest : lower(rest);
        return upper.substring(0, first) + titled;
    }

    /** Lower case of one character where it stands: a capital sigma looks at its neighbours. */
    private static String lowerAt(String string, int index) {
        int c = string.codePointAt(index);
        if (c != SIGMA) {
            return Character.toString(c).toLowerCase(Locale.ROOT);
        }
        int before = index;
        while (before > 0 && isCaseIgnorable(string.codePointBefore(before))) {
            before -= Character.charCount(string.codePointBefore(before));
        }
        int after = index + 1;
        while (after < string.length() && isCaseIgnorable(string.codePointAt(after))) {
            after += Character.charCount(string.codePointAt(after));
        }
        boolean last = before > 0
                && Chars.isCased(string.codePointBefore(before))
                && (after == string.length() || !Chars.isCased(string.codePointAt(after)));
        return last ? "\u03c2" : "\u03c3";
    }

    private static boolean isCaseIgnorable(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default ->
                "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a".indexOf(c)
                        >= 0;
        };
    }

    /** Python's casefold: no look at neighbours, and Cherokee goes to its older, upper letters. */
    static String fold(String string) {
        StringBuilder out = new StringBuilder(string.length());
        string.codePoints().forEach(c -> {
            if (c == 0x1e9e) {
                out.append("ss");
            } else if (c == 0x131 || (c >= 0x13a0 && c <= 0x13f5)) {
                out.appendCodePoint(c);
            } else if ((c >= 0x13f8 && c <= 0x13fd) || (c >= 0xab70 && c <= 0xabbf)) {
                out.appendCodePoint(Character.toUpperCase(c));
            } else {
                out.append(lower(upper(Character.toString(c))));
            }
        });
        return out.toString();
    }

    static String capitalize(String string) {
        if (string.isEmpty()) {
            return string;
        }
        int first = string.codePointAt(0);
        int rest = Character.charCount(first);
        if (string.indexOf(SIGMA, rest) < 0) {
            return titleCase(first) + lower(string.substring(rest));
        }
        StringBuilder out = new StringBuilder(titleCase(first));
        for (int i = rest; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            out.append(lowerAt(string, i));
        }
        return out.toString();
    }

    /** Python's str.title: a letter after no letter is upper, all others lower. */
    static String title(String string) {
        StringBuilder out = new StringBuilder();
        boolean cased = false;
        for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            int c = string.codePointAt(i);
            out.append(cased ? lowerAt(string, i) : titleCase(c));
            cased = Chars.isCased(c);
        }
        return out.toString();
    }

    static String swapCase(String string) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            int c = string.codePointAt(i);
            String single = Character.toString(c);
            boolean upper = Character.isUpperCase(c);
            out.append(upper ? lowerAt(string, i) : Character.isLowerCase(c) ? upper(single) : single);
        }
        return out.toString();
    }
}
