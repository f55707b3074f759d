package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Expression;
import io.github.ultrafeedback.template.internal.Code.Signal;
import io.github.ultrafeedback.template.internal.Code.Statement;
import io.github.ultrafeedback.template.internal.Code.Target;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns {@code for} into closures. */
final class LoopCompiler {
    private final StatementCompiler statements;

    LoopCompiler(StatementCompiler statements) {
        this.statements = statements;
    }

    /** A compiled loop; {@code loop} is the slot of the loop variable, -1 where the body does not ask for it. */
    private record Parts(
            Target target,
            int loop,
            Frame.Step enter,
            Frame.Step leave,
            Statement body,
            Optional<Statement> otherwise) {}

    /** The items that a loop's {@code if} lets through. */
    private interface Sieve {
        Object over(Object items, Env env);
    }

    Statement compile(Ast.For node, Frame frame) {
        refuseLoopAsTarget(node);
        boolean extended = node.recursive()
                || SymbolAnalysis.undeclared(node.body(), "loop").contains("loop")
                || hasScopedBlock(node);
        Frame loopFrame = node.recursive() ? frame.innerFunction(true) : frame.innerLoop();
        if (extended) {
            loopFrame.symbols.declare("loop");
        }
        SymbolAnalysis.declareTarget(loopFrame.symbols, node.target());
        SymbolAnalysis.analyze(loopFrame.symbols, node.body());
        Frame around = node.recursive() ? loopFrame : frame;
        Sieve sieve = node.test().isPresent() ? sieve(node, node.test().get(), frame, around) : (items, env) -> items;
        Parts parts = parts(node, frame, loopFrame, extended);
        Expression items = ExpressionCompiler.compile(node.items(), frame);
        if (node.recursive()) {
            return recursive(node, parts, items, sieve, loopFrame);
        }
        return Code.statementAt(node.pos(), (env, out) -> {
            Object over = sieve.over(items.eval(env), env);
            return extended
                    ? extended(parts, new Loop(over, null, 0, env.budget), env, out)
                    : plain(parts, Sequences.iterator(over), env, out);
        });
    }

    private Parts parts(Ast.For node, Frame frame, Frame loopFrame, boolean extended) {
        Frame.Step enter = Code.steps(loopFrame.enter());
        int loop = extended ? loopFrame.placeOf("loop").slot() : -1;
        Target target = Targets.compile(node.target(), loopFrame);
        Statement body = statements.body(node.body(), loopFrame);
        Optional<Statement> otherwise = Optional.empty();
        if (!node.otherwise().isEmpty()) {
            Frame elseFrame = loopFrame.siblingOutsideLoop(frame);
            SymbolAnalysis.analyze(elseFrame.symbols, node.otherwise());
            elseFrame.enter();
            otherwise = Optional.of(StatementCompiler.scoped(elseFrame, statements.body(node.otherwise(), elseFrame)));
        }
        return new Parts(target, loop, enter, loopFrame.leave(), body, otherwise);
    }

    private static void refuseLoopAsTarget(Ast.For node) {
        SymbolAnalysis.all(node, part -> {
            if (part instanceof Ast.Name name
                    && name.use() == Ast.Use.STORE
                    && name.name().equals("loop")) {
                throw Failure.syntax("Can't assign to special loop variable in for-loop target", name.pos());
            }
        });
    }

    private static boolean hasScopedBlock(Ast.For node) {
        boolean[] found = new boolean[1];
        SymbolAnalysis.all(node, part -> found[0] |= part instanceof Ast.Block block && block.scoped());
        return found[0];
    }

    private static Signal plain(Parts parts, Iterator<Object> items, Env env, TextBuilder out) {
        boolean finished = false;
        while (items.hasNext()) {
            env.budget.step();
            parts.target().assign(env, items.next());
            parts.enter().run(env);
            Signal signal = parts.body().run(env, out);
            if (signal == Signal.BREAK) {
                break;
            }
            finished |= signal == Signal.NEXT;
        }
        return end(parts, finished, env, out);
    }

    private static Signal extended(Parts parts, Loop loop, Env env, TextBuilder out) {
        boolean finished = false;
        while (loop.advance()) {
            env.budget.step();
            parts.target().assign(env, loop.current());
            env.slots[parts.loop()] = loop;
            parts.enter().run(env);
            Signal signal = parts.body().run(env, out);
            if (signal == Signal.BREAK) {
                break;
            }
            finished |= signal == Signal.NEXT;
        }
        return end(parts, finished, env, out);
    }

    /** jinja2 runs the else branch unless some iteration ran to its end, so also after a break in the first. */
    private static Signal end(Parts parts, boolean finished, Env env, TextBuilder out) {
        parts.leave().run(env);
        return finished || parts.otherwise().isEmpty()
                ? Signal.NEXT
                : parts.otherwise().get().run(env, out);
    }

    private static Statement recursive(Ast.For node, Parts parts, Expression items, Sieve sieve, Frame loopFrame) {
        return Code.statementAt(node.pos(), (env, out) -> {
            out.append(new Recursive(parts, sieve, loopFrame.function, env).run(items.eval(env), 0));
            return Signal.NEXT;
        });
    }

    /** A recursive loop is a function: each level has its own variables. */
    private record Recursive(Parts parts, Sieve sieve, Frame.Function function, Env around) implements Loop.Recursion {
        @Override
        public Text run(Object items, long depth) {
            around.budget.enter();
            Env env = new Env(function.size(), around.context, around.budget, around);
            TextBuilder buffer = new TextBuilder(around.budget);
            Loop loop = new Loop(sieve.over(items, env), this, depth, around.budget);
            extended(parts, loop, env, buffer);
            around.budget.leave();
            return buffer.build();
        }
    }

    private static Sieve sieve(Ast.For node, Ast test, Frame frame, Frame around) {
        Frame testFrame = frame.innerFunction(false).inside(around);
        SymbolAnalysis.declareTarget(testFrame.symbols, node.target());
        SymbolAnalysis.analyze(testFrame.symbols, java.util.List.of(test));
        Frame.Step enter = Code.steps(testFrame.enter());
        Target target = Targets.compile(node.target(), testFrame);
        Expression condition = ExpressionCompiler.compile(test, testFrame);
        return (items, env) -> {
            Env inner = new Env(testFrame.function.size(), env.context, env.budget, env);
            enter.run(inner);
            return new Iter(new Filtered(Sequences.iterator(items), target, condition, inner));
        };
    }

    /** Tests each item only when it is asked for, as a generator does. */
    private static final class Filtered implements Iterator<Object> {
        private final Iterator<Object> items;
        private final Target target;
        private final Expression condition;
        private final Env env;
        private @Nullable Object next;

        Filtered(Iterator<Object> items, Target target, Expression condition, Env env) {
            this.items = items;
            this.target = target;
            this.condition = condition;
            this.env = env;
        }

        @Override
        public boolean hasNext() {
            while (next == null && items.hasNext()) {
                env.budget.step();
                Object item = items.next();
                target.assign(env, item);
                if (Types.truth(condition.eval(env))) {
                    next = item;
                }
            }
            return next != null;
        }

        @Override
        public Object next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Object item = next;
            next = null;
            return item;
        }
    }
}
