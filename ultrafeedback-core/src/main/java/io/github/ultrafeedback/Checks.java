package io.github.ultrafeedback;

/** Range checks whose message names the field, the value and what is allowed. Written so that NaN fails. */
final class Checks {
    private Checks() {}

    static void atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + ", got " + value);
        }
    }

    /** Takes {@code hint}, what to write instead, since a wrong value often means something else. */
    static void within(String field, double value, double least, double most, String hint) {
        if (!(value >= least && value <= most)) {
            throw outside(field, value, "in [" + plain(least) + ", " + plain(most) + "]", hint);
        }
    }

    static void aboveUpTo(String field, double value, double above, double most, String hint) {
        if (!(value > above && value <= most)) {
            throw outside(field, value, "in (" + plain(above) + ", " + plain(most) + "]", hint);
        }
    }

    private static IllegalArgumentException outside(String field, double value, String range, String hint) {
        return new IllegalArgumentException(field + " must be " + range + ", got " + value + "; " + hint);
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
