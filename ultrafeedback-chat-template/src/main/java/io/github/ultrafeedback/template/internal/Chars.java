package io.github.ultrafeedback.template.internal;

import java.util.function.IntPredicate;

/** Python's view of characters. */
final class Chars {
    private Chars() {}

    static boolean isSpace(int c) {
        return c <= ' '
                ? c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f)
                : c >= 0x85 && (c == 0x85 || Character.isSpaceChar(c));
    }

    static boolean isLineEnd(int c) {
        return (c >= '\n' && c <= '\r') || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** A letter, digit or underscore, as in Python's {@code \w}. */
    static boolean isWord(int c) {
        return c < 128
                ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                : isAlnum(c);
    }

    static boolean isAlnum(int c) {
        return Character.isLetter(c) || isNumeric(c);
    }

    static boolean isDecimal(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    /** Decimal digits and the superscript, circled and other digits. */
    static boolean isDigit(int c) {
        return isDecimal(c)
                || (Character.getType(c) == Character.OTHER_NUMBER
                        && (c == 0xb2 || c == 0xb3 || c == 0xb9 || isDigitBlock(c)));
    }

    private static boolean isDigitBlock(int c) {
        return c == 0x2070
                || (c >= 0x2074 && c <= 0x2079)
                || (c >= 0x2080 && c <= 0x2089)
                || (c >= 0x2460 && c <= 0x2468)
                || (c >= 0x2474 && c <= 0x247c)
                || (c >= 0x2488 && c <= 0x2490)
                || c == 0x24ea
                || (c >= 0x24f5 && c <= 0x24fd)
                || c == 0x24ff
                || (c >= 0x2776 && c <= 0x277e)
                || (c >= 0x2780 && c <= 0x2788)
                || (c >= 0x278a && c <= 0x2792)
                || (c >= 0x1f100 && c <= 0x1f10a)
                || (c >= 0x1369 && c <= 0x1371)
                || c == 0x19da
                || (c >= 0x10a40 && c <= 0x10a43)
                || (c >= 0x10e60 && c <= 0x10e68)
                || (c >= 0x11052 && c <= 0x1105a);
    }

    static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER
                || isNumericLetter(c);
    }

    private static boolean isNumericLetter(int c) {
        return c >= 0x3400
                && c <= 0x9fff
                && "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌參叁叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零".indexOf(c) >= 0;
    }

    static boolean isPrintable(int c) {
        if (c >= ' ' && c < 0x7f) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    static String escaped(int c) {
        return c < 0x100
                ? String.format("\\x%02x", c)
                : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
    }

    static boolean all(String string, IntPredicate test) {
        return !string.isEmpty() && string.codePoints().allMatch(test);
    }

    static boolean isCased(int c) {
        return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    static boolean isLower(String string) {
        return string.codePoints().anyMatch(Character::isLowerCase)
                && string.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String string) {
        return string.codePoints().anyMatch(Character::isUpperCase)
                && string.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    static boolean isTitle(String string) {
        boolean cased = false;
        boolean seen = false;
        for (int c : string.codePoints().toArray()) {
            boolean upper = Character.isUpperCase(c) || Character.isTitleCase(c);
            if (upper ? cased : Character.isLowerCase(c) && !cased) {
                return false;
            }
            cased = upper || Character.isLowerCase(c);
            seen |= cased;
        }
        return seen;
    }
}
