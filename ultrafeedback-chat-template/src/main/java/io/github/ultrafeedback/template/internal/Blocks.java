package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Signal;
import io.github.ultrafeedback.template.internal.Code.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks, which without inheritance render where they stand; {@code self} renders one again. */
final class Blocks {
    private Blocks() {}

    /** A compiled block: a function that sees the context, and nothing of the scopes around it. */
    record BlockCode(Frame frame, Frame.Step enter, Statement body) {
        void run(Context context, Budget budget, TextBuilder out) {
            budget.enter();
            Env env = new Env(frame.function.size(), context, budget, null);
            enter.run(env);
            body.run(env, out);
            budget.leave();
        }
    }

    static void compileAll(List<Ast> template, StatementCompiler statements) {
        for (Ast node : template) {
            SymbolAnalysis.all(node, part -> {
                if (part instanceof Ast.Block block) {
                    if (statements.blocks().containsKey(block.name())) {
                        throw Failure.syntax("block '" + block.name() + "' defined twice", block.pos());
                    }
                    statements.blocks().put(block.name(), code(block, statements));
                }
            });
        }
    }

    private static BlockCode code(Ast.Block block, StatementCompiler statements) {
        Frame frame = Frame.root(false);
        Set<String> undeclared = SymbolAnalysis.undeclared(block.body(), "self", "super");
        undeclared.forEach(frame.symbols::declare);
        SymbolAnalysis.analyze(frame.symbols, block.body());
        List<Frame.Step> steps = new java.util.ArrayList<>(frame.enter());
        if (undeclared.contains("self")) {
            steps.add(self(frame, statements.blocks()));
        }
        if (undeclared.contains("super")) {
            int slot = frame.placeOf("super").slot();
            Undefined none = new Undefined("there is no parent block called '" + block.name() + "'");
            steps.add(env -> env.slots[slot] = none);
        }
        return new BlockCode(frame, Code.steps(steps), statements.body(block.body(), frame));
    }

    static Frame.Step self(Frame frame, Map<String, BlockCode> blocks) {
        int slot = frame.placeOf("self").slot();
        return env -> env.slots[slot] = new Self(blocks, env);
    }

    static Statement call(Ast.Block node, Frame frame, Map<String, BlockCode> blocks) {
        Map<String, Frame.Place> visible = new HashMap<>();
        frame.symbols.visibleStores().keySet().forEach(name -> visible.put(name, frame.placeOf(name)));
        return Code.statementAt(node.pos(), (env, out) -> {
            BlockCode code = blocks.get(node.name());
            if (node.required() || code == null) {
                throw Failure.render("Required block '" + node.name() + "' not found");
            }
            Context context = env.context;
            if (node.scoped()) {
                Map<String, Object> values = new HashMap<>();
                visible.forEach((name, place) -> values.put(name, place.get(env)));
                context = context.derived(values);
            }
            code.run(context, env.budget, out);
            return Signal.NEXT;
        });
    }

    /** The variable {@code self}. */
    private record Self(Map<String, BlockCode> blocks, Env env) implements Thing {
        @Override
        public @Nullable Object attribute(String name) {
            BlockCode code = blocks.get(name);
            return code == null
                    ? null
                    : (Invocable) (args, budget) -> {
                        if (args.size() > 0 || !args.named().isEmpty()) {
                            throw Failure.type("a block takes no arguments");
                        }
                        TextBuilder out = new TextBuilder(budget);
                        code.run(env.context, budget, out);
                        return out.build();
                    };
        }

        @Override
        public String typeName() {
            return "TemplateReference";
        }

        @Override
        public String repr(Budget budget) {
            return "<TemplateReference None>";
        }
    }
}
