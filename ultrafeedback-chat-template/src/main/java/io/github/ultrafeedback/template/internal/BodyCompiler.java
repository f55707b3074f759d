package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;
import io.github.ultrafeedback.template.internal.Code.Signal;
import io.github.ultrafeedback.template.internal.Code.Statement;
import io.github.ultrafeedback.template.internal.Code.Target;
import java.util.Optional;

/** Turns the tags into closures that catch the output of their body: set without a value, and filter. */
final class BodyCompiler {
    private final StatementCompiler statements;

    BodyCompiler(StatementCompiler statements) {
        this.statements = statements;
    }

    Statement assignBlock(Ast.AssignBlock node, Frame frame) {
        Frame inner = frame.inner();
        SymbolAnalysis.analyze(inner.symbols, node.body());
        Frame.Step enter = Code.steps(inner.enter());
        Statement body = statements.body(node.body(), inner);
        Target target = Targets.compile(node.target(), frame);
        Optional<Expression> filter = node.filter().map(chain -> blockFilter(chain, inner));
        Frame.Step export = Targets.export(node.target(), frame);
        Frame.Step leave = inner.leave();
        return Code.statementAt(node.pos(), (env, out) -> {
            enter.run(env);
            TextBuilder buffer = new TextBuilder(env.budget);
            Signal signal = body.run(env, buffer);
            if (signal != Signal.NEXT) {
                return signal;
            }
            target.assign(env, filtered(filter, buffer.build(), inner, env));
            export.run(env);
            leave.run(env);
            return Signal.NEXT;
        });
    }

    Statement filterBlock(Ast.FilterBlock node, Frame frame) {
        Frame inner = frame.inner();
        SymbolAnalysis.analyze(inner.symbols, node.children());
        Frame.Step enter = Code.steps(inner.enter());
        Statement body = statements.body(node.body(), inner);
        Optional<Expression> filter = Optional.of(blockFilter(node.filter(), inner));
        Frame.Step leave = inner.leave();
        return Code.statementAt(node.pos(), (env, out) -> {
            enter.run(env);
            TextBuilder buffer = new TextBuilder(env.budget);
            Signal signal = body.run(env, buffer);
            if (signal != Signal.NEXT) {
                return signal;
            }
            out.append(
                    Routine.text(filtered(filter, buffer.build(), inner, env)).plain());
            leave.run(env);
            return Signal.NEXT;
        });
    }

    /** A name that no template can write holds the body that a block's filters start from. */
    private static final String BODY = "the body";

    private static Expression blockFilter(Ast.Filter filter, Frame frame) {
        int slot = frame.function.allocate(BODY);
        Expression value = filter.value().isPresent()
                ? blockFilter((Ast.Filter) filter.value().get(), frame)
                : env -> env.slots[slot];
        return CallCompiler.filter(filter, frame, value);
    }

    private static Object filtered(Optional<Expression> filter, Text body, Frame frame, Env env) {
        if (filter.isEmpty()) {
            return body;
        }
        env.slots[frame.function.allocate(BODY)] = body;
        return filter.get().eval(env);
    }
}
