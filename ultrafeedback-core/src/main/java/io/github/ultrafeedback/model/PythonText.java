package io.github.ultrafeedback.model;

/**
 * Python's {@code str.strip} and {@code str.rstrip}. Its white space is not Java's: {@link String#strip} leaves U+0085,
 * U+00A0, U+2007 and U+202F alone, {@link String#trim} knows nothing above U+0020.
 */
final class PythonText {
    private PythonText() {}

    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Takes {@code characters} as a set, as Python does, not as a suffix. */
    static String stripTrailing(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /** All of them are in the basic plane, so that single chars suffice. */
    static boolean isSpace(char c) {
        return (c >= 0x09 && c <= 0x0d)
                || (c >= 0x1c && c <= 0x20)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }
}
