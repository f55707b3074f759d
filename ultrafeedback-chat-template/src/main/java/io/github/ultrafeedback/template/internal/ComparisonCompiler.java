package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;

/** Comparisons, chained as in Python: each operand once, up to the first that fails. */
final class ComparisonCompiler {
    private ComparisonCompiler() {}

    private interface Operator {
        boolean holds(Object a, Object b, Budget budget);
    }

    static Expression compile(Ast.Comparison node, Frame frame) {
        Expression first = ExpressionCompiler.compile(node.first(), frame);
        int count = node.rest().size();
        Operator[] operators = new Operator[count];
        Expression[] operands = new Expression[count];
        for (int i = 0; i < count; i++) {
            operators[i] = operator(node.rest().get(i).operator());
            operands[i] = ExpressionCompiler.compile(node.rest().get(i).value(), frame);
        }
        return Code.at(node.pos(), env -> {
            Object left = first.eval(env);
            for (int i = 0; i < count; i++) {
                Object right = operands[i].eval(env);
                if (!operators[i].holds(left, right, env.budget)) {
                    return false;
                }
                left = right;
            }
            return true;
        });
    }

    private static Operator operator(String operator) {
        return switch (operator) {
            case "==" -> Compare::equal;
            case "!=" -> (a, b, budget) -> !Compare.equal(a, b, budget);
            case "in" -> (a, b, budget) -> Compare.contains(b, a, budget);
            case "not in" -> (a, b, budget) -> !Compare.contains(b, a, budget);
            default -> (a, b, budget) -> Compare.ordered(operator, a, b, budget);
        };
    }
}
