package io.github.ultrafeedback.template.internal;

import java.math.BigInteger;

/** Names of Python's types, and its truth. */
final class Types {
    private Types() {}

    static String name(Object value) {
        if (value instanceof Text text) {
            return text.isMarkup() ? "Markup" : "str";
        }
        if (value instanceof Items items) {
            return items.tuple() ? "tuple" : "list";
        }
        if (value instanceof Dict) {
            return "dict";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (isInt(value)) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value == Sentinel.NONE) {
            return "NoneType";
        }
        return value instanceof DictView view ? view.name() : other(value);
    }

    private static String other(Object value) {
        if (value instanceof Undefined) {
            return "Undefined";
        }
        if (value instanceof Range) {
            return "range";
        }
        if (value instanceof Iter) {
            return "generator";
        }
        return value instanceof Thing thing ? thing.typeName() : "function";
    }

    static boolean isInt(Object value) {
        return value instanceof Long || value instanceof Boolean || value instanceof BigInteger;
    }

    static boolean isNumber(Object value) {
        return isInt(value) || value instanceof Double;
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Text text) {
            return !text.isEmpty();
        }
        if (value == Sentinel.NONE || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        int size = Sequences.size(value);
        return size != 0;
    }
}
