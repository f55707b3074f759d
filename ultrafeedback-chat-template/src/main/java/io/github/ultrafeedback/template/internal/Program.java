package io.github.ultrafeedback.template.internal;

import io.github.ultrafeedback.template.internal.Code.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A parsed template. Immutable; any number of threads may run it at once. */
public final class Program {
    /** Real templates have a few thousand characters; a parsed one takes up to a hundred times its source. */
    private static final int MOST_SOURCE = 1_000_000;

    private final String source;
    private final Frame root;
    private final Frame.Step enter;
    private final Statement body;

    private Program(String source, Frame root, Frame.Step enter, Statement body) {
        this.source = source;
        this.root = root;
        this.enter = enter;
        this.body = body;
    }

    /**
     * Parses a template.
     *
     * @param source Jinja source
     * @return the program
     * @throws Failure of kind SYNTAX, or LIMIT if it nests too deep
     */
    public static Program parse(String source) {
        if (source.length() > MOST_SOURCE) {
            throw Failure.limit("the template is longer than " + MOST_SOURCE + " characters");
        }
        String normalized = Lexer.normalize(source);
        try {
            return compile(normalized, Parser.parse(normalized));
        } catch (StackOverflowError deep) {
            // Nothing is shared yet, so nothing is left half done.
            throw Failure.limit("the template nests too deep");
        }
    }

    private static Program compile(String source, List<Ast> nodes) {
        Frame root = Frame.root(true);
        boolean self = SymbolAnalysis.undeclared(nodes, "self").contains("self");
        if (self) {
            root.symbols.declare("self");
        }
        SymbolAnalysis.analyze(root.symbols, nodes);
        StatementCompiler statements = new StatementCompiler();
        List<Frame.Step> steps = new ArrayList<>(root.enter());
        if (self) {
            steps.add(Blocks.self(root, statements.blocks()));
        }
        Blocks.compileAll(nodes, statements);
        return new Program(source, root, Code.steps(steps), statements.body(nodes, root));
    }

    /**
     * Runs the program.
     *
     * @param values by name: {@link Text}, what {@link Values} makes, boxed booleans and numbers
     * @param limits what the run may use
     * @param clock what {@code strftime_now} reads
     * @return the output
     * @throws Failure of any kind but SYNTAX
     */
    public Text run(Map<String, Object> values, Limits limits, Clock clock) {
        Budget budget = new Budget(limits);
        try {
            Env env = new Env(root.function.size(), Globals.context(values, clock), budget, null);
            TextBuilder out = new TextBuilder(budget);
            enter.run(env);
            body.run(env, out);
            return out.build();
        } catch (StackOverflowError deep) {
            // All that this run touched is its own, and is dropped with it.
            throw Failure.limit("the template nests too deep");
        }
    }

    /**
     * Line of a place in the source.
     *
     * @param offset as {@link Failure#offset()} gives it
     * @return 1 for the first line, 0 for an unknown place
     */
    public int line(int offset) {
        return line(source, offset);
    }

    /**
     * Column of a place in the source.
     *
     * @param offset as {@link Failure#offset()} gives it
     * @return 1 for the first UTF-16 unit of a line, 0 for an unknown place
     */
    public int column(int offset) {
        return column(source, offset);
    }

    /**
     * Line of a place in a source that did not parse.
     *
     * @param source the source as given
     * @param offset as {@link Failure#offset()} gives it
     * @return 1 for the first line, 0 for an unknown place
     */
    public static int line(String source, int offset) {
        if (offset < 0) {
            return 0;
        }
        String before = before(source, offset);
        return 1 + (int) before.chars().filter(c -> c == '\n').count();
    }

    /**
     * Column of a place in a source that did not parse.
     *
     * @param source the source as given
     * @param offset as {@link Failure#offset()} gives it
     * @return 1 for the first UTF-16 unit of a line, 0 for an unknown place
     */
    public static int column(String source, int offset) {
        if (offset < 0) {
            return 0;
        }
        String before = before(source, offset);
        return before.length() - before.lastIndexOf('\n');
    }

    private static String before(String source, int offset) {
        String normalized = Lexer.normalize(source);
        return normalized.substring(0, Math.min(offset, normalized.length()));
    }
}
