package io.github.ultrafeedback.template.internal;

import static io.github.ultrafeedback.template.internal.Routine.flag;
import static io.github.ultrafeedback.template.internal.Routine.integer;
import static io.github.ultrafeedback.template.internal.Routine.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Filters about numbers. */
final class NumberFilters {
    private static final String UNITS = "kMGTPEZY";

    private NumberFilters() {}

    static void add(Routine.Table table) {
        table.add("abs x /", (a, b) -> absolute(a[0]))
                .add("int value default= base=", NumberFilters::toInteger)
                .add("float value default=", NumberFilters::toFloat)
                .add("round value precision= method=", NumberFilters::round)
                .add("filesizeformat value binary=", (a, b) -> fileSize(a[0], flag(a[1])));
    }

    /** Java reads a number in time quadratic in its digits. */
    private static void chargeDigits(Object value, Budget budget) {
        if (value instanceof Text text) {
            long digits = text.string().length();
            budget.work(digits * digits);
        }
    }

    private static Object absolute(Object value) {
        if (!Types.isNumber(value)) {
            throw Failure.type("bad operand type for abs(): '" + Types.name(value) + "'");
        }
        return value instanceof Double number
                ? (Object) Math.abs(number)
                : Numbers.shrink(Numbers.big(value).abs());
    }

    private static Object toInteger(Object[] a, Budget budget) {
        chargeDigits(a[0], budget);
        Object fallback = a[1] == Sentinel.MISSING ? 0L : a[1];
        try {
            return a[0] instanceof Text text
                    ? Conversions.integer(text.string(), integer(a[2], 10))
                    : Conversions.integer(a[0]);
        } catch (Failure failure) {
            if (!failure.is(Failure.Kind.TYPE, Failure.Kind.VALUE)) {
                throw failure;
            }
        }
        try {
            return Conversions.integer(Conversions.floating(a[0]));
        } catch (Failure failure) {
            if (failure.is(Failure.Kind.TYPE, Failure.Kind.VALUE) || failure.kind() == Failure.Kind.OVERFLOW) {
                return fallback;
            }
            throw failure;
        }
    }

    private static Object toFloat(Object[] a, Budget budget) {
        chargeDigits(a[0], budget);
        try {
            return Conversions.floating(a[0]);
        } catch (Failure failure) {
            if (failure.is(Failure.Kind.TYPE, Failure.Kind.VALUE)) {
                return a[1] == Sentinel.MISSING ? 0.0 : a[1];
            }
            throw failure;
        }
    }

    private static Object round(Object[] a, Budget budget) {
        String method = a[2] == Sentinel.MISSING ? "common" : text(a[2]).string();
        Object precision = a[1] == Sentinel.MISSING ? 0L : a[1];
        return switch (method) {
            case "common" -> common(a[0], precision);
            case "ceil", "floor" -> toward(a[0], precision, method.equals("ceil"));
            default -> throw Failure.render("round: method must be common, ceil or floor");
        };
    }

    private static Object common(Object value, Object precision) {
        boolean none = precision == Sentinel.NONE;
        int places = none ? 0 : Numbers.index(precision);
        if (value instanceof Double number) {
            if (none) {
                return Conversions.integer((Object) roundTo(number, 0));
            }
            return roundTo(number, places);
        }
        if (!Types.isInt(value)) {
            throw Failure.type("type " + Types.name(value) + " cannot be rounded");
        }
        if (places >= 0) {
            return Arithmetic.positive(value);
        }
        BigInteger number = Numbers.big(value);
        if (-places > number.toString().length() + 1) {
            return 0L;
        }
        return Numbers.shrink(
                new BigDecimal(number).setScale(places, RoundingMode.HALF_EVEN).toBigInteger());
    }

    private static double roundTo(double number, int places) {
        if (Double.isNaN(number) || Double.isInfinite(number) || places > 323) {
            return number;
        }
        if (places < -308) {
            return Math.copySign(0.0, number);
        }
        double rounded =
                new BigDecimal(number).setScale(places, RoundingMode.HALF_EVEN).doubleValue();
        return rounded == 0 ? Math.copySign(0.0, number) : rounded;
    }

    private static Object toward(Object value, Object precision, boolean up) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isNumber(value) || !Types.isNumber(precision)) {
            throw Failure.type("round takes numbers");
        }
        Object scale = Numbers.power(10L, precision);
        Object scaled = Numbers.multiply(value, scale);
        Object whole = scaled;
        if (scaled instanceof Double number) {
            whole = Conversions.integer((Object) (up ? Math.ceil(number) : Math.floor(number)));
        }
        return Numbers.divide(whole, scale);
    }

    private static Text fileSize(Object value, boolean binary) {
        double bytes = Conversions.floating(value);
        int base = binary ? 1024 : 1000;
        if (bytes == 1) {
            return Text.value("1 Byte");
        }
        if (bytes < base) {
            return Text.value(Conversions.integer((Object) bytes) + " Bytes");
        }
        String suffix = "";
        double unit = base;
        for (int i = 0; i < UNITS.length(); i++) {
            unit = Math.pow(base, i + 2);
            suffix = (binary && i == 0 ? "K" : UNITS.substring(i, i + 1)) + (binary ? "iB" : "B");
            if (bytes < unit) {
                break;
            }
        }
        return Text.value(FormatSpec.fixed(base * bytes / unit, 1) + " " + suffix);
    }
}
