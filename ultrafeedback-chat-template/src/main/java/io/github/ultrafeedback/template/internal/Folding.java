package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;
import java.util.Map;
import java.util.Optional;

/** Finds expressions whose value is known before rendering. */
final class Folding {
    /** The code of whatever has no value yet. */
    static final Expression IMPOSSIBLE = env -> {
        throw Failure.render("not a constant");
    };

    private static final Limits SMALL = new Limits(10_000, 1_000, 1, 1_000_000_000L);

    /** Characters and elements of a folded value. */
    private static final int MOST_SIZE = 200;

    private Folding() {}

    static boolean mayFold(Ast node) {
        return node instanceof Ast.Binary
                || node instanceof Ast.Unary
                || node instanceof Ast.Concat
                || node instanceof Ast.Comparison
                || node instanceof Ast.Attribute
                || node instanceof Ast.Element
                || node instanceof Ast.Filter
                || node instanceof Ast.Test
                || node instanceof Ast.Conditional;
    }

    /** The value of a constant expression; whatever fails, or takes long, is left to the rendering. */
    static Optional<Object> constant(Ast node) {
        try {
            Expression code = ExpressionCompiler.compile(node, Frame.fold());
            return Optional.of(code.eval(new Env(0, new Context(Map.of()), new Budget(SMALL), null)));
        } catch (Failure left) {
            return Optional.empty();
        }
    }

    /** Only values that no rendering can change or use up, and small ones: a parsed template stays small. */
    static boolean isPlain(Object value) {
        return isPlain(value, new int[] {MOST_SIZE});
    }

    private static boolean isPlain(Object value, int[] left) {
        left[0] -= value instanceof Text text ? text.string().length() : 1;
        if (left[0] < 0) {
            return false;
        }
        if (value instanceof Items items) {
            return items.list().stream().allMatch(item -> isPlain(item, left));
        }
        if (value instanceof Dict dict) {
            return dict.entries().stream()
                    .allMatch(entry -> isPlain(entry.key(), left) && isPlain(entry.value(), left));
        }
        return value instanceof Text || Types.isNumber(value) || value == Sentinel.NONE || value instanceof Range;
    }
}
