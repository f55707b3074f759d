package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns expressions into closures. Constants are folded first, as jinja2 does. */
final class ExpressionCompiler {
    private ExpressionCompiler() {}

    static Expression compile(Ast node, Frame frame) {
        if (!frame.folding && Folding.mayFold(node)) {
            Optional<Object> constant = Folding.constant(node);
            if (constant.isPresent() && Folding.isPlain(constant.get())) {
                Object value = constant.get();
                return env -> value;
            }
        }
        return code(node, frame);
    }

    private static Expression code(Ast node, Frame frame) {
        if (node instanceof Ast.Const constant) {
            return env -> constant.value();
        }
        if (node instanceof Ast.Data data) {
            Text text = Text.template(data.text());
            return env -> text;
        }
        if (node instanceof Ast.Name name) {
            return name(name, frame);
        }
        if (node instanceof Ast.Attribute attribute) {
            return attribute(attribute, frame);
        }
        if (node instanceof Ast.Element element) {
            return element(element, frame);
        }
        if (node instanceof Ast.Call call) {
            return CallCompiler.call(call, frame, Optional.empty());
        }
        if (node instanceof Ast.Filter filter) {
            Expression value = compile(filter.value().orElseThrow(), frame);
            return CallCompiler.filter(filter, frame, value);
        }
        if (node instanceof Ast.Test test) {
            return CallCompiler.test(test, frame);
        }
        return operator(node, frame);
    }

    private static Expression operator(Ast node, Frame frame) {
        if (node instanceof Ast.Binary binary) {
            return binary(binary, frame);
        }
        if (node instanceof Ast.Unary unary) {
            return unary(unary, frame);
        }
        if (node instanceof Ast.Comparison comparison) {
            return ComparisonCompiler.compile(comparison, frame);
        }
        if (node instanceof Ast.Conditional conditional) {
            return conditional(conditional, frame);
        }
        if (node instanceof Ast.Concat concat) {
            return concat(concat, frame);
        }
        if (node instanceof Ast.Sequence sequence) {
            return sequence(sequence, frame);
        }
        if (node instanceof Ast.Mapping mapping) {
            return mapping(mapping, frame);
        }
        throw Failure.syntax("unexpected expression", node.pos());
    }

    private static Expression name(Ast.Name name, Frame frame) {
        if (frame.folding) {
            return Folding.IMPOSSIBLE;
        }
        Undefined undefined = Undefined.variable(name.name());
        Frame.Place place = frame.placeOf(name.name());
        if (place.hops() == 0) {
            int slot = place.slot();
            return env -> {
                Object value = env.slots[slot];
                return value == Sentinel.MISSING ? undefined : value;
            };
        }
        return env -> {
            Object value = place.get(env);
            return value == Sentinel.MISSING ? undefined : value;
        };
    }

    private static Expression attribute(Ast.Attribute node, Frame frame) {
        Expression owner = compile(node.owner(), frame);
        String name = node.name();
        boolean method = name.startsWith("_")
                || SequenceMethods.OF_DICT.containsKey(name)
                || SequenceMethods.DICT_MUTATORS.contains(name);
        return Code.at(node.pos(), env -> {
            Object value = owner.eval(env);
            if (!method && value instanceof Dict dict) {
                Object found = dict.get(name);
                return found == null ? Undefined.attribute(dict, name) : found;
            }
            return Lookup.attribute(value, name);
        });
    }

    private static Expression element(Ast.Element node, Frame frame) {
        Expression owner = compile(node.owner(), frame);
        if (node.key() instanceof Ast.Slice slice) {
            return slice(node, slice, owner, frame);
        }
        Expression key = compile(node.key(), frame);
        return Code.at(node.pos(), env -> {
            Object value = owner.eval(env);
            return Lookup.element(value, key.eval(env));
        });
    }

    private static Expression slice(Ast.Element node, Ast.Slice slice, Expression owner, Frame frame) {
        Expression start = optional(slice.start(), frame);
        Expression stop = optional(slice.stop(), frame);
        Expression step = optional(slice.step(), frame);
        return Code.at(node.pos(), env -> {
            Object value = owner.eval(env);
            Object from = start.eval(env);
            Object to = stop.eval(env);
            Object by = step.eval(env);
            // jinja2 folds a wrong slice of a constant to an undefined value, but runs that of a variable as it is.
            boolean sliced = value instanceof Text || value instanceof Items || value instanceof Range;
            if (frame.folding && !sliced) {
                return Undefined.attribute(value, from);
            }
            return Slices.slice(value, from, to, by, env.budget);
        });
    }

    private static Expression optional(Optional<Ast> node, Frame frame) {
        return node.isPresent() ? compile(node.get(), frame) : env -> Sentinel.NONE;
    }

    private static Expression binary(Ast.Binary node, Frame frame) {
        Expression left = compile(node.left(), frame);
        Expression right = compile(node.right(), frame);
        String operator = node.operator();
        if (operator.equals("and")) {
            return env -> {
                Object value = left.eval(env);
                return Types.truth(value) ? right.eval(env) : value;
            };
        }
        if (operator.equals("or")) {
            return env -> {
                Object value = left.eval(env);
                return Types.truth(value) ? value : right.eval(env);
            };
        }
        return Code.at(node.pos(), env -> {
            Object a = left.eval(env);
            return Arithmetic.binary(operator, a, right.eval(env), env.budget);
        });
    }

    private static Expression unary(Ast.Unary node, Frame frame) {
        Expression operand = compile(node.operand(), frame);
        return switch (node.operator()) {
            case "not" -> env -> !Types.truth(operand.eval(env));
            case "-" -> Code.at(node.pos(), env -> Arithmetic.negate(operand.eval(env)));
            default -> Code.at(node.pos(), env -> Arithmetic.positive(operand.eval(env)));
        };
    }

    private static Expression conditional(Ast.Conditional node, Frame around) {
        Frame frame = around.softened();
        Expression test = compile(node.test(), frame);
        Expression then = compile(node.then(), frame);
        Undefined none = new Undefined("the inline if-expression was false and has no else");
        Expression otherwise = node.otherwise().isPresent()
                ? compile(node.otherwise().get(), frame)
                : frame.folding ? Folding.IMPOSSIBLE : env -> none;
        return env -> Types.truth(test.eval(env)) ? then.eval(env) : otherwise.eval(env);
    }

    private static Expression concat(Ast.Concat node, Frame frame) {
        Expression[] parts = all(node.children(), frame);
        return Code.at(node.pos(), env -> {
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = parts[i].eval(env);
            }
            TextBuilder out = new TextBuilder(env.budget);
            for (Object value : values) {
                out.append(Repr.str(value, env.budget));
            }
            return out.build();
        });
    }

    private static Expression sequence(Ast.Sequence node, Frame frame) {
        Expression[] items = all(node.children(), frame);
        return env -> {
            env.budget.steps(items.length);
            List<Object> values = new ArrayList<>(items.length);
            for (Expression item : items) {
                values.add(item.eval(env));
            }
            return new Items(values, node.tuple());
        };
    }

    private static Expression mapping(Ast.Mapping node, Frame frame) {
        Expression[] keys = all(node.pairs().stream().map(Ast.Pair::key).toList(), frame);
        Expression[] values = all(node.pairs().stream().map(Ast.Pair::value).toList(), frame);
        return Code.at(node.pos(), env -> {
            env.budget.steps(keys.length);
            Dict dict = new Dict();
            for (int i = 0; i < keys.length; i++) {
                Object key = keys[i].eval(env);
                dict.put(key, values[i].eval(env));
            }
            return dict;
        });
    }

    private static Expression[] all(List<Ast> nodes, Frame frame) {
        return nodes.stream().map(node -> compile(node, frame)).toArray(Expression[]::new);
    }
}
