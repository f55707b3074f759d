package io.github.ultrafeedback.dataset.internal.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Spells numbers as Python does after it has read them: whole numbers as they are, floats by the fewest digits that
 * read back to the same double, with an exponent below 1e-4 and from 1e16 on. {@code Double.toString} of JDK 17 writes
 * too many digits at times, so the digits are searched for.
 */
final class PythonNumbers {
    private static final int MOST_DIGITS = 17;
    private static final int FIRST_EXPONENT = 16;
    private static final int LAST_FRACTION = -4;

    private PythonNumbers() {}

    static String spell(String json) {
        if (json.indexOf('.') < 0 && json.indexOf('e') < 0 && json.indexOf('E') < 0) {
            return json.equals("-0") ? "0" : json;
        }
        double value = Double.parseDouble(json);
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        String sign = value < 0 || 1 / value < 0 ? "-" : "";
        return value == 0 ? sign + "0.0" : sign + spell(shortest(Math.abs(value)));
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }

    private static String spell(BigDecimal value) {
        String digits = value.unscaledValue().toString();
        int exponent = digits.length() - 1 - value.scale();
        if (exponent >= LAST_FRACTION && exponent < FIRST_EXPONENT) {
            String plain = value.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String size = Integer.toString(Math.abs(exponent));
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size.length() == 1 ? "0" + size : size);
    }
}
