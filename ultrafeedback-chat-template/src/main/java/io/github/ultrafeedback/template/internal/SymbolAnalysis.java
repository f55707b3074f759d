package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Walks trees to fill {@link Symbols}, without going into scopes of their own, and to find names left undeclared. */
final class SymbolAnalysis {
    private Symbols symbols;

    private SymbolAnalysis(Symbols symbols) {
        this.symbols = symbols;
    }

    static void analyze(Symbols symbols, Collection<? extends Ast> nodes) {
        SymbolAnalysis analysis = new SymbolAnalysis(symbols);
        nodes.forEach(analysis::visit);
    }

    /** Declares the names of a loop's target. */
    static void declareTarget(Symbols symbols, Ast target) {
        names(target, name -> symbols.declare(name.name()));
    }

    static void names(Ast target, Consumer<Ast.Name> each) {
        if (target instanceof Ast.Name name) {
            each.accept(name);
        }
        target.children().forEach(child -> names(child, each));
    }

    private void visit(Ast node) {
        if (node instanceof Ast.Name name) {
            switch (name.use()) {
                case LOAD -> symbols.load(name.name());
                case STORE -> symbols.store(name.name());
                case PARAMETER -> symbols.declare(name.name());
            }
        } else if (node instanceof Ast.NamespaceRef ref) {
            symbols.load(ref.name());
        } else if (node instanceof Ast.If branch) {
            branch(branch);
        } else if (node instanceof Ast.Macro macro) {
            symbols.store(macro.name());
        } else if (node instanceof Ast.Assign assign) {
            visit(assign.value());
            visit(assign.target());
        } else if (node instanceof Ast.For loop) {
            visit(loop.items());
        } else if (node instanceof Ast.CallBlock block) {
            block.call().ifPresent(this::visit);
        } else if (node instanceof Ast.FilterBlock block) {
            visit(block.filter());
        } else if (node instanceof Ast.With with) {
            with.values().forEach(this::visit);
        } else if (node instanceof Ast.AssignBlock block) {
            visit(block.target());
        } else if (!(node instanceof Ast.Scope) && !(node instanceof Ast.Block)) {
            node.children().forEach(this::visit);
        }
    }

    private void branch(Ast.If node) {
        visit(node.test());
        List<Symbols> branches = new ArrayList<>();
        branches.add(inner(node.body()));
        branches.add(inner(node.elifs()));
        branches.add(inner(node.otherwise()));
        symbols.merge(branches);
    }

    private Symbols inner(List<? extends Ast> nodes) {
        Symbols original = symbols;
        symbols = original.copy();
        nodes.forEach(this::visit);
        Symbols result = symbols;
        symbols = original;
        return result;
    }

    /** Which of the names are read before anything sets them, in the order of the source; blocks apart. */
    static Set<String> undeclared(Collection<? extends Ast> nodes, String... names) {
        Set<String> open = new HashSet<>(List.of(names));
        Set<String> found = new HashSet<>();
        nodes.forEach(node -> undeclared(node, open, found));
        return found;
    }

    private static void undeclared(Ast node, Set<String> open, Set<String> found) {
        if (node instanceof Ast.Name name) {
            if (name.use() == Ast.Use.LOAD && open.contains(name.name())) {
                found.add(name.name());
            } else {
                open.remove(name.name());
            }
        } else if (!(node instanceof Ast.Block)) {
            node.children().forEach(child -> undeclared(child, open, found));
        }
    }

    /** Visits all nodes of a tree, the root included. */
    static void all(Ast node, Consumer<Ast> each) {
        each.accept(node);
        node.children().forEach(child -> all(child, each));
    }
}
