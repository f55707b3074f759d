package io.github.ultrafeedback.template.internal;

import java.util.Map;

/** Turns the common HTML entities back into characters; others are a failure rather than left standing. */
final class Entities {
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0");

    private Entities() {}

    static String decode(String text) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int end = text.charAt(i) == '&' ? end(text, i) : -1;
            String name = end < 0 ? "" : text.substring(i + 1, end);
            if (name.isEmpty() || !name.chars().allMatch(c -> c == '#' || (c < 128 && Chars.isAlnum(c)))) {
                out.append(text.charAt(i++));
                continue;
            }
            out.append(name.startsWith("#") ? numbered(name.substring(1)) : named(name));
            i = end + 1;
        }
        return out.toString();
    }

    /** The semicolon after an ampersand, -1 if none is near: no entity's name is longer than 32 characters. */
    private static int end(String text, int ampersand) {
        int to = Math.min(text.length(), ampersand + 40);
        for (int i = ampersand; i < to; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static String named(String name) {
        String character = NAMED.get(name);
        if (character == null) {
            throw Failure.render("striptags: only the entities amp, lt, gt, quot, apos and nbsp are supported");
        }
        return character;
    }

    private static String numbered(String digits) {
        boolean hex = digits.startsWith("x") || digits.startsWith("X");
        String number = hex ? digits.substring(1) : digits;
        if (number.isEmpty()
                || number.length() > 6
                || !Chars.all(number, c -> Character.digit(c, hex ? 16 : 10) >= 0)) {
            throw Failure.render("striptags: a numbered entity is out of range");
        }
        int point = Integer.parseInt(number, hex ? 16 : 10);
        boolean plain = point >= ' ' && (point < 0x7f || point > 0x9f) && !Character.isSurrogate((char) point);
        if (!plain || !Character.isValidCodePoint(point)) {
            throw Failure.render("striptags: a numbered entity is out of range");
        }
        return Character.toString(point);
    }
}
