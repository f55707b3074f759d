package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.List;

/** The operators of expressions over all types. */
final class Arithmetic {
    private Arithmetic() {}

    static Object binary(String operator, Object a, Object b, Budget budget) {
        if (Types.isNumber(a) && Types.isNumber(b)) {
            return numbers(operator, a, b);
        }
        if (operator.equals("%") && a instanceof Text format) {
            return PercentFormat.format(format, b, budget);
        }
        if (a instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (operator.equals("+")) {
            if (a instanceof Text x && b instanceof Text y) {
                return concat(x, y, budget);
            }
            if (a instanceof Items x && b instanceof Items y && x.tuple() == y.tuple()) {
                return concat(x, y, budget);
            }
        }
        if (operator.equals("*")) {
            if (Types.isInt(b) && (a instanceof Text || a instanceof Items)) {
                return repeat(a, b, budget);
            }
            if (Types.isInt(a) && (b instanceof Text || b instanceof Items)) {
                return repeat(b, a, budget);
            }
        }
        if (operator.equals("-") && a instanceof DictView && b instanceof DictView) {
            throw Failure.render("set operations are not supported");
        }
        throw Failure.type("unsupported operand type(s) for " + operator + ": '" + Types.name(a) + "' and '"
                + Types.name(b) + "'");
    }

    private static Object numbers(String operator, Object a, Object b) {
        return switch (operator) {
            case "+" -> Numbers.add(a, b);
            case "-" -> Numbers.subtract(a, b);
            case "*" -> Numbers.multiply(a, b);
            case "/" -> Numbers.divide(a, b);
            case "//" -> Numbers.floorDivide(a, b);
            case "%" -> Numbers.mod(a, b);
            default -> Numbers.power(a, b);
        };
    }

    static Object negate(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isNumber(value)) {
            throw Failure.type("bad operand type for unary -: '" + Types.name(value) + "'");
        }
        return Numbers.negate(value);
    }

    static Object positive(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!Types.isNumber(value)) {
            throw Failure.type("bad operand type for unary +: '" + Types.name(value) + "'");
        }
        return value instanceof Boolean ? (Object) Numbers.small(value) : value;
    }

    static Text concat(Text a, Text b, Budget budget) {
        if (a.isMarkup() != b.isMarkup()) {
            Text left = a.isMarkup() ? a : Markup.escape(a, budget);
            Text right = b.isMarkup() ? b : Markup.escape(b, budget);
            return join(left, right, budget).asMarkup();
        }
        return join(a, b, budget).like(a);
    }

    private static Text join(Text a, Text b, Budget budget) {
        if (a.isEmpty()) {
            return b.plain();
        }
        if (b.isEmpty()) {
            return a.plain();
        }
        if (a.isUniform() && b.isUniform() && a.startsAsTemplate() == b.startsAsTemplate()) {
            budget.string((long) a.string().length() + b.string().length());
            return Text.of(a.string() + b.string(), a.startsAsTemplate());
        }
        return new TextBuilder(budget).append(a).append(b).build();
    }

    private static Items concat(Items a, Items b, Budget budget) {
        budget.steps(a.size() + (long) b.size());
        List<Object> all = new ArrayList<>(a.list());
        all.addAll(b.list());
        return new Items(all, a.tuple());
    }

    private static Object repeat(Object value, Object count, Budget budget) {
        if (!Numbers.isSmall(count)) {
            throw Failure.overflow("cannot fit 'int' into an index-sized integer");
        }
        int times = Math.max(0, Numbers.index(count));
        if (value instanceof Text text) {
            budget.string((long) times * text.string().length());
            if (text.isUniform()) {
                return Text.of(text.string().repeat(times), text.startsAsTemplate())
                        .like(text);
            }
            TextBuilder out = new TextBuilder(budget);
            for (int i = 0; i < times && !text.isEmpty(); i++) {
                out.append(text);
            }
            return out.build().like(text);
        }
        Items items = (Items) value;
        budget.steps((long) times * items.size());
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < times && items.size() > 0; i++) {
            all.addAll(items.list());
        }
        return new Items(all, items.tuple());
    }
}
