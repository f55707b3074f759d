package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;
import io.github.ultrafeedback.template.internal.Code.Signal;
import io.github.ultrafeedback.template.internal.Code.Statement;
import io.github.ultrafeedback.template.internal.Code.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns statements into closures. One per template, used once. */
final class StatementCompiler {
    private final Map<String, Blocks.BlockCode> blocks = new HashMap<>();
    private final LoopCompiler loops = new LoopCompiler(this);
    private final BodyCompiler bodies = new BodyCompiler(this);
    private final MacroCompiler macros = new MacroCompiler(this);

    Map<String, Blocks.BlockCode> blocks() {
        return blocks;
    }

    Statement body(List<Ast> nodes, Frame frame) {
        return Code.sequence(nodes.stream().map(node -> statement(node, frame)).toList());
    }

    private Statement statement(Ast node, Frame frame) {
        if (node instanceof Ast.Output output) {
            return output(output, frame);
        }
        if (node instanceof Ast.If branch) {
            return branch(branch, frame);
        }
        if (node instanceof Ast.For loop) {
            return loops.compile(loop, frame);
        }
        if (node instanceof Ast.Assign assign) {
            return assign(assign, frame);
        }
        if (node instanceof Ast.AssignBlock block) {
            return bodies.assignBlock(block, frame);
        }
        if (node instanceof Ast.Macro macro) {
            return macros.macro(macro, frame);
        }
        if (node instanceof Ast.CallBlock call) {
            return macros.callBlock(call, frame);
        }
        if (node instanceof Ast.Jump jump) {
            if (!frame.inLoop) {
                throw Failure.syntax("'" + (jump.isBreak() ? "break" : "continue") + "' outside loop", jump.pos());
            }
            Signal signal = jump.isBreak() ? Signal.BREAK : Signal.CONTINUE;
            return (env, out) -> signal;
        }
        return rarer(node, frame);
    }

    private Statement rarer(Ast node, Frame frame) {
        if (node instanceof Ast.FilterBlock block) {
            return bodies.filterBlock(block, frame);
        }
        if (node instanceof Ast.With with) {
            return with(with, frame);
        }
        if (node instanceof Ast.Scope scope) {
            Frame inner = frame.inner();
            SymbolAnalysis.analyze(inner.symbols, scope.body());
            return scoped(inner, body(scope.body(), entered(inner)));
        }
        if (node instanceof Ast.Block block) {
            return Blocks.call(block, frame, blocks);
        }
        if (node instanceof Ast.External external) {
            return external(external, frame);
        }
        throw Failure.syntax("unexpected statement", node.pos());
    }

    private static Frame entered(Frame frame) {
        frame.enter();
        return frame;
    }

    /** A body in a scope of its own, inside the same function. */
    static Statement scoped(Frame frame, Statement body) {
        Frame.Step enter = Code.steps(frame.enter());
        Frame.Step leave = frame.leave();
        return (env, out) -> {
            enter.run(env);
            Signal signal = body.run(env, out);
            leave.run(env);
            return signal;
        };
    }

    private static Statement output(Ast.Output node, Frame frame) {
        List<Statement> parts = new ArrayList<>();
        for (Ast child : node.children()) {
            Optional<Object> constant = child instanceof Ast.Data data
                    ? Optional.of(Text.template(data.text()))
                    : Folding.constant(child).filter(value -> value instanceof Undefined || Folding.isPlain(value));
            if (constant.isPresent() && isPrintable(constant.get())) {
                Text text = Repr.str(constant.get(), new Budget(new Limits(Integer.MAX_VALUE, 1, 1, Long.MAX_VALUE)));
                parts.add((env, out) -> {
                    out.append(text);
                    return Signal.NEXT;
                });
                continue;
            }
            Expression value = ExpressionCompiler.compile(child, frame);
            parts.add(Code.statementAt(child.pos(), (env, out) -> {
                out.append(Repr.str(value.eval(env), env.budget));
                return Signal.NEXT;
            }));
        }
        return Code.sequence(parts);
    }

    private static boolean isPrintable(Object constant) {
        return constant instanceof Text
                || constant instanceof Long
                || constant instanceof Boolean
                || constant instanceof Undefined;
    }

    private Statement branch(Ast.If node, Frame around) {
        Frame frame = around.softened();
        Expression test = ExpressionCompiler.compile(node.test(), frame);
        Statement then = body(node.body(), frame);
        List<Expression> tests = new ArrayList<>(List.of(test));
        List<Statement> bodies = new ArrayList<>(List.of(then));
        for (Ast.If elif : node.elifs()) {
            tests.add(ExpressionCompiler.compile(elif.test(), frame));
            bodies.add(body(elif.body(), frame));
        }
        Statement otherwise = body(node.otherwise(), frame);
        return Code.statementAt(node.pos(), (env, out) -> {
            for (int i = 0; i < tests.size(); i++) {
                if (Types.truth(tests.get(i).eval(env))) {
                    return bodies.get(i).run(env, out);
                }
            }
            return otherwise.run(env, out);
        });
    }

    private static Statement assign(Ast.Assign node, Frame frame) {
        Frame.Step check = Targets.checkNamespaces(node.target(), frame);
        Expression value = ExpressionCompiler.compile(node.value(), frame);
        Target target = Targets.compile(node.target(), frame);
        Frame.Step export = Targets.export(node.target(), frame);
        return Code.statementAt(node.pos(), (env, out) -> {
            check.run(env);
            target.assign(env, value.eval(env));
            export.run(env);
            return Signal.NEXT;
        });
    }

    private Statement with(Ast.With node, Frame frame) {
        Frame inner = frame.inner();
        SymbolAnalysis.analyze(inner.symbols, node.targets());
        SymbolAnalysis.analyze(inner.symbols, node.body());
        Frame.Step enter = Code.steps(inner.enter());
        List<Statement> parts = new ArrayList<>();
        for (int i = 0; i < node.targets().size(); i++) {
            Target target = Targets.compile(node.targets().get(i), inner);
            Expression value = ExpressionCompiler.compile(node.values().get(i), frame);
            parts.add((env, out) -> {
                target.assign(env, value.eval(env));
                return Signal.NEXT;
            });
        }
        parts.add(body(node.body(), inner));
        Statement all = Code.sequence(parts);
        Frame.Step leave = inner.leave();
        return Code.statementAt(node.pos(), (env, out) -> {
            enter.run(env);
            Signal signal = all.run(env, out);
            leave.run(env);
            return signal;
        });
    }

    private static Statement external(Ast.External node, Frame frame) {
        if (node.tag().equals("extends") && !frame.toplevel) {
            throw Failure.syntax("cannot use extend from a non top-level scope", node.pos());
        }
        ExpressionCompiler.compile(node.template(), frame);
        return Code.statementAt(node.pos(), (env, out) -> {
            throw Failure.render("the tag '" + node.tag() + "' is not supported: a chat template stands alone");
        });
    }
}
