package io.github.ultrafeedback.template.internal;

/** The escapes of a string literal, as Python's unicode-escape codec reads them. */
final class Escapes {
    private Escapes() {}

    static String decode(String written, int offset) {
        if (written.indexOf('\\') < 0) {
            return written;
        }
        String ascii = ascii(written);
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < ascii.length()) {
            char c = ascii.charAt(i);
            i = c == '\\' ? escape(ascii, i + 1, out, offset) : plain(c, i, out);
        }
        return out.toString();
    }

    private static int plain(char c, int at, StringBuilder out) {
        out.append(c);
        return at + 1;
    }

    /** jinja2 first turns what is not ASCII into escapes; it shows after a backslash. */
    private static String ascii(String written) {
        StringBuilder out = new StringBuilder();
        written.codePoints().forEach(c -> out.append(c < 128 ? Character.toString(c) : Chars.escaped(c)));
        return out.toString();
    }

    private static int escape(String ascii, int at, StringBuilder out, int offset) {
        if (at >= ascii.length()) {
            throw Failure.syntax("\\ at end of string", offset);
        }
        char c = ascii.charAt(at);
        int simple = "\\'\"abfnrtv".indexOf(c);
        if (simple >= 0) {
            out.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(simple));
            return at + 1;
        }
        return switch (c) {
            case '\n' -> at + 1;
            case 'x' -> hex(ascii, at + 1, 2, out, offset);
            case 'u' -> hex(ascii, at + 1, 4, out, offset);
            case 'U' -> hex(ascii, at + 1, 8, out, offset);
            case 'N' -> named(ascii, at + 1, out, offset);
            default -> c >= '0' && c <= '7' ? octal(ascii, at, out) : unknown(c, at, out);
        };
    }

    private static int unknown(char c, int at, StringBuilder out) {
        out.append('\\').append(c);
        return at + 1;
    }

    private static int octal(String ascii, int at, StringBuilder out) {
        int end = at;
        int value = 0;
        while (end < ascii.length() && end < at + 3 && ascii.charAt(end) >= '0' && ascii.charAt(end) <= '7') {
            value = value * 8 + ascii.charAt(end++) - '0';
        }
        out.append((char) value);
        return end;
    }

    private static int hex(String ascii, int at, int digits, StringBuilder out, int offset) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = i < ascii.length() ? Character.digit(ascii.charAt(i), 16) : -1;
            if (digit < 0) {
                throw Failure.syntax("truncated \\x, \\u or \\U escape in a string", offset);
            }
            value = value * 16 + digit;
        }
        if (value > Character.MAX_CODE_POINT) {
            throw Failure.syntax("illegal Unicode character in a string", offset);
        }
        out.appendCodePoint((int) value);
        return at + digits;
    }

    private static int named(String ascii, int at, StringBuilder out, int offset) {
        int end = ascii.indexOf('}', at);
        if (end < 0 || !ascii.startsWith("{", at)) {
            throw Failure.syntax("malformed \\N character escape in a string", offset);
        }
        try {
            out.appendCodePoint(Character.codePointOf(ascii.substring(at + 1, end)));
        } catch (IllegalArgumentException unknown) {
            throw Failure.syntax("unknown Unicode character name in a string", offset);
        }
        return end + 1;
    }
}
