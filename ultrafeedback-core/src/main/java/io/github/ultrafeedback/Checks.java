package io.github.ultrafeedback;

/** Range checks whose message names the field, the value, what is allowed and a fix. Written so that NaN fails. */
final class Checks {
    // Whole numbers up to here are written without an exponent.
    private static final double MOST_PLAIN = 1e15;

    private Checks() {}

    /** Takes {@code hint}, what to write instead, since a wrong value often means something else. */
    static void atLeast(String field, long value, long least, String hint) {
        if (value < least) {
            throw outside(field, Long.toString(value), "at least " + least, hint);
        }
    }

    static void within(String field, long value, long least, long most, String hint) {
        if (value < least || value > most) {
            throw outside(field, Long.toString(value), "in [" + least + ", " + most + "]", hint);
        }
    }

    static void within(String field, double value, double least, double most, String hint) {
        if (!(value >= least && value <= most)) {
            throw outside(field, plain(value), "in [" + plain(least) + ", " + plain(most) + "]", hint);
        }
    }

    static void aboveUpTo(String field, double value, double above, double most, String hint) {
        if (!(value > above && value <= most)) {
            throw outside(field, plain(value), "in (" + plain(above) + ", " + plain(most) + "]", hint);
        }
    }

    private static IllegalArgumentException outside(String field, String value, String range, String hint) {
        return new IllegalArgumentException(field + " must be " + range + ", got " + value + "; " + hint);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < MOST_PLAIN
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
