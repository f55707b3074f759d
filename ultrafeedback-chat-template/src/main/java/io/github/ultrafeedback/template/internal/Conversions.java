package io.github.ultrafeedback.template.internal;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Python's int() and float() of strings and numbers. */
final class Conversions {
    private Conversions() {}

    /** {@code int(value)}. */
    static Object integer(Object value) {
        if (Types.isInt(value)) {
            return Arithmetic.positive(value);
        }
        if (value instanceof Double number) {
            if (Double.isNaN(number)) {
                throw Failure.value("cannot convert float NaN to integer");
            }
            if (Double.isInfinite(number)) {
                throw Failure.overflow("cannot convert float infinity to integer");
            }
            return Numbers.shrink(new BigDecimal(number).toBigInteger());
        }
        if (value instanceof Text text) {
            return integer(text.string(), 10);
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw Failure.type("int() takes a string or a number, not " + Types.name(value));
    }

    /** {@code int(digits, base)}. */
    static Object integer(String written, int base) {
        if (base != 0 && (base < 2 || base > 36)) {
            throw Failure.value("int() base must be >= 2 and <= 36, or 0");
        }
        String trimmed = trim(written);
        boolean minus = trimmed.startsWith("-");
        String digits = minus || trimmed.startsWith("+") ? trimmed.substring(1) : trimmed;
        int radix = base;
        int prefix = prefix(digits);
        if (prefix != 0 && (base == 0 || base == prefix)) {
            radix = prefix;
            digits = digits.substring(2);
            digits = digits.startsWith("_") ? digits.substring(1) : digits;
        } else if (base == 0) {
            radix = 10;
            if (digits.startsWith("0") && !Chars.all(digits, c -> c == '0' || c == '_')) {
                throw Failure.value("invalid literal for int() with base 0");
            }
        }
        if (digits.startsWith("_") || digits.endsWith("_") || digits.contains("__") || !isDigits(digits, radix)) {
            throw Failure.value("invalid literal for int() with base " + base);
        }
        digits = digits.replace("_", "");
        if (digits.length() > 4300 && Integer.bitCount(radix) > 1) {
            throw Failure.value("an integer of more than 4300 digits");
        }
        if (digits.length() > 30_000) {
            throw Failure.limit("an integer of more than 30000 digits");
        }
        BigInteger number = new BigInteger(digits, radix);
        return Numbers.shrink(minus ? number.negate() : number);
    }

    private static int prefix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 0;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    private static boolean isDigits(String digits, int radix) {
        return Chars.all(digits, c -> c == '_' || Character.digit(c, radix) >= 0);
    }

    private static String trim(String string) {
        int from = 0;
        int to = string.length();
        while (from < to && Chars.isSpace(string.charAt(from))) {
            from++;
        }
        while (to > from && Chars.isSpace(string.charAt(to - 1))) {
            to--;
        }
        return string.substring(from, to);
    }

    /** {@code float(value)}. */
    static double floating(Object value) {
        if (Types.isNumber(value)) {
            return Numbers.toDouble(value);
        }
        if (value instanceof Text text) {
            return floating(trim(text.string()));
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw Failure.type("float() takes a string or a number, not " + Types.name(value));
    }

    private static double floating(String written) {
        String sign = written.startsWith("-") || written.startsWith("+") ? written.substring(0, 1) : "";
        String rest = Cases.lower(written.substring(sign.length()));
        double size;
        if (rest.equals("inf") || rest.equals("infinity")) {
            size = Double.POSITIVE_INFINITY;
        } else if (rest.equals("nan")) {
            size = Double.NaN;
        } else {
            if (!isDecimal(rest)) {
                throw Failure.value("could not convert string to float");
            }
            size = Double.parseDouble(rest.replace("_", ""));
        }
        return sign.equals("-") ? -size : size;
    }

    /** Digits with single underscores, a point, an exponent; at least one digit before the exponent. */
    private static boolean isDecimal(String text) {
        int exponent = text.indexOf('e');
        String mantissa = exponent < 0 ? text : text.substring(0, exponent);
        if (exponent >= 0) {
            String power = text.substring(exponent + 1);
            if (!isRun(power.startsWith("-") || power.startsWith("+") ? power.substring(1) : power)) {
                return false;
            }
        }
        int point = mantissa.indexOf('.');
        if (point < 0) {
            return isRun(mantissa);
        }
        String whole = mantissa.substring(0, point);
        String part = mantissa.substring(point + 1);
        return (whole.isEmpty() || isRun(whole))
                && (part.isEmpty() || isRun(part))
                && whole.length() + part.length() > 0;
    }

    private static boolean isRun(String text) {
        return Chars.all(text, c -> c == '_' || (c >= '0' && c <= '9'))
                && !text.startsWith("_")
                && !text.endsWith("_")
                && !text.contains("__");
    }
}
