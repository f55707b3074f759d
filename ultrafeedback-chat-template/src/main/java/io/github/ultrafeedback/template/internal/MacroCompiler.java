package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;
import io.github.ultrafeedback.template.internal.Code.Signal;
import io.github.ultrafeedback.template.internal.Code.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns macros and call blocks into closures. */
final class MacroCompiler {
    private final StatementCompiler statements;

    MacroCompiler(StatementCompiler statements) {
        this.statements = statements;
    }

    /** The parts that macros and call blocks share. */
    private record Head(int pos, String name, List<Ast.Name> args, List<Ast> defaults, List<Ast> body) {}

    Statement macro(Ast.Macro node, Frame frame) {
        MacroValue.MacroCode code =
                code(new Head(node.pos(), node.name(), node.args(), node.defaults(), node.body()), frame);
        Frame.Place place = frame.placeOf(node.name());
        boolean exported = frame.toplevel;
        return (env, out) -> {
            MacroValue macro = new MacroValue(code, env);
            place.set(env, macro);
            if (exported) {
                env.context.set(node.name(), macro);
            }
            return Signal.NEXT;
        };
    }

    Statement callBlock(Ast.CallBlock node, Frame frame) {
        MacroValue.MacroCode code = code(new Head(node.pos(), "", node.args(), node.defaults(), node.body()), frame);
        Expression caller = env -> new MacroValue(code, env);
        Expression call = node.call().isPresent()
                ? CallCompiler.call(node.call().get(), frame, Optional.of(caller))
                : env -> Lookup.call(caller.eval(env), Args.NO_ARGS, env.budget);
        return Code.statementAt(node.pos(), (env, out) -> {
            out.append(Routine.text(call.eval(env)).plain());
            return Signal.NEXT;
        });
    }

    private MacroValue.MacroCode code(Head head, Frame around) {
        Frame frame = around.innerFunction(false);
        SymbolAnalysis.analyze(frame.symbols, head.args());
        SymbolAnalysis.analyze(frame.symbols, head.defaults());
        SymbolAnalysis.analyze(frame.symbols, head.body());
        List<String> parameters = head.args().stream().map(Ast.Name::name).toList();
        Set<String> special = SymbolAnalysis.undeclared(head.body(), "caller", "kwargs", "varargs");
        List<String> declared = new ArrayList<>(parameters);
        int explicit = parameters.indexOf("caller");
        if (special.contains("caller") && explicit < 0) {
            declared.add("caller");
        } else if (special.contains("caller")
                && explicit < parameters.size() - head.defaults().size()) {
            throw Failure.syntax("the special \"caller\" argument must be omitted or have a default", head.pos());
        }
        boolean kwargs = special.contains("kwargs") && !parameters.contains("kwargs");
        boolean varargs = special.contains("varargs") && !parameters.contains("varargs");
        if (kwargs) {
            declared.add("kwargs");
        }
        if (varargs) {
            declared.add("varargs");
        }
        declared.subList(parameters.size(), declared.size()).forEach(frame.symbols::declare);
        SymbolAnalysis.analyze(frame.symbols, head.args());
        SymbolAnalysis.analyze(frame.symbols, head.defaults());
        SymbolAnalysis.analyze(frame.symbols, head.body());
        MacroValue.Runner runner = runner(head, frame, declared);
        return new MacroValue.MacroCode(head.name(), parameters, special.contains("caller"), kwargs, varargs, runner);
    }

    private MacroValue.Runner runner(Head head, Frame frame, List<String> declared) {
        Frame.Step enter = Code.steps(frame.enter());
        int[] slots =
                declared.stream().mapToInt(name -> frame.placeOf(name).slot()).toArray();
        int count = head.args().size();
        int required = count - head.defaults().size();
        Expression[] defaults = new Expression[count];
        for (int i = 0; i < count; i++) {
            String name = head.args().get(i).name();
            Undefined absent = new Undefined("parameter '" + name + "' was not provided");
            defaults[i] = i < required
                    ? env -> absent
                    : ExpressionCompiler.compile(head.defaults().get(i - required), frame);
        }
        Statement body = statements.body(head.body(), frame);
        return (around, arguments) -> {
            Env env = new Env(frame.function.size(), around.context, around.budget, around);
            for (int i = 0; i < arguments.size(); i++) {
                env.slots[slots[i]] = arguments.get(i);
            }
            enter.run(env);
            for (int i = 0; i < count; i++) {
                if (env.slots[slots[i]] == Sentinel.MISSING) {
                    env.slots[slots[i]] = defaults[i].eval(env);
                }
            }
            TextBuilder out = new TextBuilder(env.budget);
            body.run(env, out);
            return out.build();
        };
    }
}
