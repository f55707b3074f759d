package io.github.ultrafeedback.template.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** How a number or a string is laid out: the fields that both of Python's formatting languages share. */
record FormatSpec(
        char fill, char align, char sign, boolean alternate, int width, char grouping, int precision, char type) {

    /** No double has more digits after its point: all further ones are zeros. */
    private static final int MOST_PLACES = 1100;

    /** Reads {@code [[fill]align][sign][#][0][width][,_][.precision][type]}. */
    static FormatSpec parse(String spec) {
        int[] points = spec.codePoints().toArray();
        int at = 0;
        char fill = ' ';
        char align = 0;
        if (points.length > 1 && "<>=^".indexOf(points[1]) >= 0) {
            if (points[0] > 0xffff) {
                throw Failure.value("a fill character beyond U+FFFF is not supported");
            }
            fill = (char) points[0];
            align = (char) points[1];
            at = 2;
        } else if (points.length > 0 && "<>=^".indexOf(points[0]) >= 0) {
            align = (char) points[0];
            at = 1;
        }
        return parse(points, at, fill, align);
    }

    private static FormatSpec parse(int[] points, int from, char given, char align) {
        int at = from;
        boolean filled = from == 2;
        char fill = given;
        char sign = at < points.length && "+- ".indexOf(points[at]) >= 0 ? (char) points[at++] : 0;
        boolean alternate = at < points.length && points[at] == '#';
        at += alternate ? 1 : 0;
        if (at < points.length && points[at] == '0') {
            at++;
            fill = filled ? fill : '0';
        }
        int[] end = {at};
        int width = number(points, end);
        at = end[0];
        char grouping = at < points.length && (points[at] == ',' || points[at] == '_') ? (char) points[at++] : 0;
        int precision = -1;
        if (at < points.length && points[at] == '.') {
            end[0] = at + 1;
            precision = number(points, end);
            if (precision < 0) {
                throw Failure.value("Format specifier missing precision");
            }
            at = end[0];
        }
        char type = at < points.length ? (char) points[at++] : 0;
        if (at < points.length) {
            throw Failure.value("Invalid format specifier");
        }
        return new FormatSpec(fill, align, sign, alternate, width, grouping, precision, type);
    }

    /** The digits from an offset, which moves behind them; -1 if there are none. */
    private static int number(int[] points, int[] at) {
        long value = -1;
        while (at[0] < points.length && points[at[0]] >= '0' && points[at[0]] <= '9') {
            value = Math.max(0, value) * 10 + points[at[0]++] - '0';
            if (value > Integer.MAX_VALUE) {
                throw Failure.value("Too many decimal digits in format string");
            }
        }
        return (int) value;
    }

    FormatSpec withoutPrecision() {
        return new FormatSpec(fill, align, (char) 0, alternate, width, grouping, -1, type);
    }

    FormatSpec withWidth(int other) {
        return new FormatSpec(fill, align, sign, alternate, other, grouping, precision, type);
    }

    /** A whole number in this layout. */
    String integer(BigInteger value, Budget budget) {
        String digits = switch (type) {
            case 'x' -> value.abs().toString(16);
            case 'X' -> Cases.upper(value.abs().toString(16));
            case 'o' -> value.abs().toString(8);
            case 'b' -> value.abs().toString(2);
            default -> Repr.digits(value.abs());
        };
        String prefix = alternate && "xXob".indexOf(type) >= 0 ? "0" + type : "";
        return laidOut(value.signum() < 0, prefix, digits, budget);
    }

    /** A float in this layout; the type is one of e, f, g, n, % or none. */
    String floating(double value, Budget budget) {
        budget.string(Math.max(0, precision));
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        double size = Math.abs(value);
        String digits;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            digits = Double.isNaN(value) ? "nan" : "inf";
            digits = type == '%' ? digits + "%" : digits;
        } else {
            int places = precision < 0 ? 6 : precision;
            digits = switch (type) {
                case 'f', 'F' -> fixed(size, places) + (alternate && places == 0 ? "." : "");
                case '%' -> fixed(size * 100, places) + (alternate && places == 0 ? "." : "") + "%";
                case 'e', 'E' -> exponential(size, places);
                case 'g', 'G', 'n' -> general(size, Math.max(1, places));
                default -> precision < 0 ? FloatText.of(size) : plainGeneral(size);
            };
        }
        boolean upper = type == 'F' || type == 'E' || type == 'G';
        return laidOut(negative && !Double.isNaN(value), "", upper ? Cases.upper(digits) : digits, budget);
    }

    /** Without a type, a float with precision is as 'g', but keeps one digit after the point. */
    private String plainGeneral(double size) {
        String digits = general(size, Math.max(1, precision));
        return digits.contains(".") || digits.contains("e") ? digits : digits + ".0";
    }

    static String fixed(double size, int places) {
        return Double.isNaN(size)
                ? "nan"
                : Double.isInfinite(size)
                        ? (size > 0 ? "inf" : "-inf")
                        : new BigDecimal(size)
                                        .setScale(Math.min(places, MOST_PLACES), RoundingMode.HALF_EVEN)
                                        .toPlainString()
                                + "0".repeat(Math.max(0, places - MOST_PLACES));
    }

    private String exponential(double size, int places) {
        BigDecimal exact =
                new BigDecimal(size).round(new MathContext(Math.min(places, MOST_PLACES) + 1, RoundingMode.HALF_EVEN));
        String digits = exact.signum() == 0
                ? "0".repeat(places + 1)
                : exact.unscaledValue().toString();
        int exponent = exact.signum() == 0 ? 0 : digits.length() - 1 - exact.scale();
        digits = (digits + "0".repeat(Math.max(0, places + 1 - digits.length()))).substring(0, places + 1);
        String mantissa = places == 0 && !alternate ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + FloatText.exponent(exponent);
    }

    private String general(double size, int digits) {
        String scientific = exponential(size, digits - 1);
        int exponent = Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
        if (exponent >= -4 && exponent < digits) {
            String plain = fixed(size, Math.max(0, digits - 1 - exponent));
            return !alternate ? trimmed(plain) : plain.indexOf('.') < 0 ? plain + "." : plain;
        }
        int e = scientific.indexOf('e');
        return (alternate ? scientific.substring(0, e) : trimmed(scientific.substring(0, e))) + scientific.substring(e);
    }

    private static String trimmed(String decimal) {
        if (decimal.indexOf('.') < 0) {
            return decimal;
        }
        int end = decimal.length();
        while (decimal.charAt(end - 1) == '0') {
            end--;
        }
        return decimal.substring(0, decimal.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private String laidOut(boolean negative, String prefix, String digits, Budget budget) {
        String signed = negative ? "-" : sign == '+' || sign == ' ' ? String.valueOf(sign) : "";
        String head = signed + prefix;
        String body = grouping == 0 ? digits : grouped(digits);
        int missing = width - head.length() - body.length();
        if (missing <= 0) {
            return head + body;
        }
        budget.string(width);
        if (align == '=' || (align == 0 && fill == '0')) {
            if (fill == '0' && grouping != 0) {
                throw Failure.render("zero padding with thousands separators is not supported");
            }
            return head + String.valueOf(fill).repeat(missing) + body;
        }
        return padded(head + body, missing, '>');
    }

    private String padded(String text, int missing, char usual) {
        char side = align == 0 ? usual : align;
        int left = side == '<' ? 0 : side == '>' ? missing : missing / 2;
        String filler = String.valueOf(fill);
        return filler.repeat(left) + text + filler.repeat(missing - left);
    }

    private String grouped(String digits) {
        int end = 0;
        int radix = type == 'x' || type == 'X' ? 16 : 10;
        while (end < digits.length() && Character.digit(digits.charAt(end), radix) >= 0) {
            end++;
        }
        int size = "xXob".indexOf(type) >= 0 && type != 0 ? 4 : 3;
        StringBuilder out = new StringBuilder(digits.substring(0, end));
        for (int i = end - size; i > 0; i -= size) {
            out.insert(i, grouping);
        }
        return out + digits.substring(end);
    }

    /** A string in this layout; it keeps its origins, and the padding counts as a value's. */
    Text string(Text text, Budget budget) {
        Text cut = precision >= 0 && precision < text.length() ? text.slice(0, precision) : text;
        int missing = width - cut.length();
        if (missing <= 0) {
            return cut;
        }
        budget.string(width);
        char side = align == 0 ? '<' : align;
        int left = side == '<' ? 0 : side == '>' ? missing : missing / 2;
        String filler = String.valueOf(fill);
        return new TextBuilder(budget)
                .append(filler.repeat(left), false)
                .append(cut)
                .append(filler.repeat(missing - left), false)
                .build();
    }
}
