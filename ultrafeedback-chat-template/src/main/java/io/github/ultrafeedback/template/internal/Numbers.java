package io.github.ultrafeedback.template.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's numbers: integers of any size (Long where they fit, up to a bound) and doubles. Booleans count as 0, 1. */
final class Numbers {
    private static final int MOST_BITS = 1 << 17;

    private Numbers() {}

    static Object shrink(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    static BigInteger big(Object value) {
        if (value instanceof BigInteger number) {
            return number;
        }
        return BigInteger.valueOf(value instanceof Boolean flag ? (flag ? 1 : 0) : (Long) value);
    }

    static boolean isSmall(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    static long small(Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : (Long) value;
    }

    /** An index or a count: an integer, clamped to what fits an int. */
    static int index(Object value) {
        if (!Types.isInt(value)) {
            throw Failure.type("'" + Types.name(value) + "' object cannot be interpreted as an integer");
        }
        if (isSmall(value)) {
            return (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, small(value)));
        }
        return big(value).signum() * Integer.MAX_VALUE;
    }

    static double toDouble(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if (isSmall(value)) {
            return small(value);
        }
        double number = big(value).doubleValue();
        if (Double.isInfinite(number)) {
            throw Failure.overflow("int too large to convert to float");
        }
        return number;
    }

    static Object add(Object a, Object b) {
        if (a instanceof Double || b instanceof Double) {
            return toDouble(a) + toDouble(b);
        }
        if (isSmall(a) && isSmall(b)) {
            long sum = small(a) + small(b);
            if (((small(a) ^ sum) & (small(b) ^ sum)) >= 0) {
                return sum;
            }
        }
        return bounded(big(a).add(big(b)));
    }

    static Object subtract(Object a, Object b) {
        return a instanceof Double || b instanceof Double ? (Object) (toDouble(a) - toDouble(b)) : add(a, negate(b));
    }

    static Object multiply(Object a, Object b) {
        if (a instanceof Double || b instanceof Double) {
            return toDouble(a) * toDouble(b);
        }
        if (big(a).bitLength() + (long) big(b).bitLength() > MOST_BITS) {
            throw Failure.limit("an integer has more than " + MOST_BITS + " bits");
        }
        return shrink(big(a).multiply(big(b)));
    }

    static Object negate(Object value) {
        return value instanceof Double number
                ? (Object) (-number)
                : shrink(big(value).negate());
    }

    static Object divide(Object a, Object b) {
        refuseZero(b);
        boolean exact = isSmall(a) && isSmall(b) && isExact(small(a)) && isExact(small(b));
        if (a instanceof Double || b instanceof Double || exact) {
            return toDouble(a) / toDouble(b);
        }
        BigDecimal quotient =
                new BigDecimal(big(a)).divide(new BigDecimal(big(b)), new MathContext(60, RoundingMode.HALF_EVEN));
        double result = quotient.doubleValue();
        if (Double.isInfinite(result)) {
            throw Failure.overflow("integer division result too large for a float");
        }
        return result;
    }

    static Object floorDivide(Object a, Object b) {
        refuseZero(b);
        if (a instanceof Double || b instanceof Double) {
            double x = toDouble(a);
            double y = toDouble(b);
            double rest = floatMod(x, y);
            double quotient = (x - rest) / y;
            if (quotient == 0) {
                return Math.copySign(0.0, x / y);
            }
            double floor = Math.floor(quotient);
            return quotient - floor > 0.5 ? floor + 1 : floor;
        }
        if (isSmall(a) && isSmall(b) && small(a) != Long.MIN_VALUE) {
            return Math.floorDiv(small(a), small(b));
        }
        BigInteger[] parts = big(a).divideAndRemainder(big(b));
        boolean down = parts[1].signum() != 0 && parts[1].signum() != big(b).signum();
        return shrink(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    static Object mod(Object a, Object b) {
        refuseZero(b);
        if (a instanceof Double || b instanceof Double) {
            return floatMod(toDouble(a), toDouble(b));
        }
        if (isSmall(a) && isSmall(b)) {
            return Math.floorMod(small(a), small(b));
        }
        BigInteger rest = big(a).remainder(big(b));
        boolean wrap = rest.signum() != 0 && rest.signum() != big(b).signum();
        return shrink(wrap ? rest.add(big(b)) : rest);
    }

    private static double floatMod(double x, double y) {
        double rest = x % y;
        if (rest == 0) {
            return Math.copySign(0.0, y);
        }
        return rest < 0 != y < 0 ? rest + y : rest;
    }

    static Object power(Object a, Object b) {
        if (a instanceof Double || b instanceof Double || big(b).signum() < 0) {
            return floatPower(toDouble(a), toDouble(b));
        }
        BigInteger base = big(a);
        if (base.bitLength() <= 1 && base.abs().bitLength() <= 1) {
            boolean minus = base.signum() < 0 && big(b).testBit(0);
            return big(b).signum() == 0 ? 1L : minus ? -1L : (long) base.abs().signum();
        }
        if (big(b).bitLength() > 31 || base.bitLength() * (double) small(b) > MOST_BITS) {
            throw Failure.limit("an integer has more than " + MOST_BITS + " bits");
        }
        return shrink(base.pow((int) small(b)));
    }

    private static double floatPower(double x, double y) {
        if (x == 0 && y < 0) {
            throw Failure.render("0.0 cannot be raised to a negative power");
        }
        if (x == 1 || y == 0) {
            return 1;
        }
        if (x == -1 && Double.isInfinite(y)) {
            return 1;
        }
        if (x < 0 && y != Math.rint(y)) {
            throw Failure.render("a negative number to a fractional power is a complex number: not supported");
        }
        double result = Math.pow(x, y);
        if (Double.isInfinite(result) && !Double.isInfinite(x) && !Double.isInfinite(y)) {
            throw Failure.overflow("Result too large");
        }
        return result;
    }

    private static void refuseZero(Object divisor) {
        if (divisor instanceof Double number ? number == 0 : big(divisor).signum() == 0) {
            throw Failure.render("division by zero");
        }
    }

    private static boolean isExact(long value) {
        return Math.abs(value) <= 1L << 53 && value != Long.MIN_VALUE;
    }

    private static Object bounded(BigInteger number) {
        if (number.bitLength() > MOST_BITS) {
            throw Failure.limit("an integer has more than " + MOST_BITS + " bits");
        }
        return shrink(number);
    }

    /** Order of two numbers, exact for mixed types; only for numbers that are no NaN. */
    static int compare(Object a, Object b) {
        if (isSmall(a) && isSmall(b)) {
            return Long.compare(small(a), small(b));
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (a instanceof Double x && Double.isInfinite(x)) {
            return x > 0 ? 1 : -1;
        }
        if (b instanceof Double y && Double.isInfinite(y)) {
            return y > 0 ? -1 : 1;
        }
        return decimal(a).compareTo(decimal(b));
    }

    static BigDecimal decimal(Object value) {
        return value instanceof Double number ? new BigDecimal(number) : new BigDecimal(big(value));
    }
}
