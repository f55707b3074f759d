package io.github.ultrafeedback.template.internal;

import java.util.Map;

/** Fields and methods of integers and floats. */
final class NumberMethods {
    private static final Map<String, Routine> OF_INT = new Routine.Table()
            .add("bit_length self /", (a, b) -> (long) Numbers.big(a[0]).abs().bitLength())
            .add("bit_count self /", (a, b) -> (long) Numbers.big(a[0]).abs().bitCount())
            .add("conjugate self /", (a, b) -> Arithmetic.positive(a[0]))
            .build();
    private static final Map<String, Routine> OF_FLOAT = new Routine.Table()
            .add(
                    "is_integer self /",
                    (a, b) -> (Double) a[0] == Math.rint((Double) a[0]) && !Double.isInfinite((Double) a[0]))
            .add("conjugate self /", (a, b) -> a[0])
            .build();

    private NumberMethods() {}

    static Map<String, Routine> methods(Object owner) {
        return owner instanceof Double ? OF_FLOAT : OF_INT;
    }

    static boolean isField(String name) {
        return name.equals("real") || name.equals("imag") || name.equals("numerator") || name.equals("denominator");
    }

    static Object field(Object owner, String name) {
        if (owner instanceof Double && !name.equals("real") && !name.equals("imag")) {
            return Undefined.attribute(owner, name);
        }
        return switch (name) {
            case "imag" -> owner instanceof Double ? (Object) 0.0 : (Object) 0L;
            case "denominator" -> 1L;
            default -> Arithmetic.positive(owner);
        };
    }
}
