package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls, filters and tests: whatever takes arguments. */
final class CallCompiler {
    private CallCompiler() {}

    private interface Arguments {
        Args eval(Env env);
    }

    /** A filter or test where it is used. */
    private record Named(String kind, String name, int pos) {}

    static Expression call(Ast.Call node, Frame frame, Optional<Expression> caller) {
        if (frame.folding) {
            return Folding.IMPOSSIBLE;
        }
        Expression callee = ExpressionCompiler.compile(node.callee(), frame);
        Arguments arguments = arguments(node.arguments(), frame);
        return Code.at(node.pos(), env -> {
            Object function = callee.eval(env);
            Args args = arguments.eval(env);
            if (caller.isPresent()) {
                args = withCaller(args, caller.get().eval(env));
            }
            return Lookup.call(function, args, env.budget);
        });
    }

    private static Args withCaller(Args args, Object caller) {
        Map<String, Object> named = new LinkedHashMap<>(args.named());
        if (named.put("caller", caller) != null) {
            throw Failure.type("a call block's call cannot have an argument named caller");
        }
        return new Args(args.positional(), named, args.spread());
    }

    static Expression filter(Ast.Filter node, Frame frame, Expression value) {
        Routine filter = Filters.ALL.get(node.name());
        if (frame.folding && (filter == null || Filters.NEVER_FOLDED.contains(node.name()))) {
            return Folding.IMPOSSIBLE;
        }
        Arguments arguments = arguments(node.arguments(), frame);
        return routine(filter, new Named("filter", node.name(), node.pos()), frame, value, arguments);
    }

    static Expression test(Ast.Test node, Frame frame) {
        Routine test = Tests.ALL.get(node.name());
        if (frame.folding && test == null) {
            return Folding.IMPOSSIBLE;
        }
        Expression value = ExpressionCompiler.compile(node.value(), frame);
        if (node.arguments().isEmpty() && test != null) {
            return Code.at(node.pos(), env -> test.call(value.eval(env), Args.NO_ARGS, env.budget));
        }
        Arguments arguments = arguments(node.arguments(), frame);
        return routine(test, new Named("test", node.name(), node.pos()), frame, value, arguments);
    }

    private static Expression routine(
            @Nullable Routine routine, Named named, Frame frame, Expression value, Arguments arguments) {
        if (routine != null) {
            return Code.at(named.pos(), env -> {
                Object subject = value.eval(env);
                return routine.call(subject, arguments.eval(env), env.budget);
            });
        }
        String missing = "No " + named.kind() + " named '" + named.name() + "'";
        if (!frame.soft) {
            throw Failure.syntax(missing, named.pos());
        }
        return Code.at(named.pos(), env -> {
            value.eval(env);
            arguments.eval(env);
            throw Failure.render(missing);
        });
    }

    private static Arguments arguments(Ast.Arguments node, Frame frame) {
        if (node.isEmpty()) {
            return env -> Args.NO_ARGS;
        }
        List<Expression> positional = node.positional().stream()
                .map(arg -> ExpressionCompiler.compile(arg, frame))
                .toList();
        List<Expression> named = node.named().stream()
                .map(arg -> ExpressionCompiler.compile(arg.value(), frame))
                .toList();
        Optional<Expression> more = node.more().map(arg -> ExpressionCompiler.compile(arg, frame));
        Optional<Expression> moreNamed = node.moreNamed().map(arg -> ExpressionCompiler.compile(arg, frame));
        return env -> {
            List<Object> values = new ArrayList<>(positional.size());
            for (Expression arg : positional) {
                values.add(arg.eval(env));
            }
            if (more.isPresent()) {
                spread(more.get().eval(env), values, env.budget);
            }
            if (named.isEmpty() && moreNamed.isEmpty()) {
                return new Args(values, Map.of());
            }
            Map<String, Object> names = new LinkedHashMap<>();
            for (int i = 0; i < named.size(); i++) {
                names.put(node.named().get(i).name(), named.get(i).eval(env));
            }
            if (moreNamed.isPresent()) {
                spreadNamed(moreNamed.get().eval(env), names, env.budget);
            }
            return new Args(values, names, moreNamed.isPresent());
        };
    }

    private static void spread(Object items, List<Object> values, Budget budget) {
        for (Iterator<Object> it = Sequences.iterator(items); it.hasNext(); ) {
            budget.step();
            values.add(it.next());
        }
    }

    private static void spreadNamed(Object mapping, Map<String, Object> names, Budget budget) {
        if (mapping instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(mapping instanceof Dict dict)) {
            throw Failure.type("the argument after ** must be a mapping, not " + Types.name(mapping));
        }
        budget.steps(2L * dict.size());
        for (Dict.Entry entry : dict.entries()) {
            String name = Routine.text(entry.key()).string();
            if (names.put(name, entry.value()) != null) {
                throw Failure.type("got two values for a keyword argument");
            }
        }
    }
}
