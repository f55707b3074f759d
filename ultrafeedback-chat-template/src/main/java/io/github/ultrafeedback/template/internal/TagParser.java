package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses the tags, each from its name to before its end. */
final class TagParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final Parser parser;

    TagParser(Tokens tokens, ExpressionParser expressions, Parser parser) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.parser = parser;
    }

    Ast statement() {
        Token token = tokens.current();
        if (!token.is(TokenType.NAME)) {
            throw tokens.unexpected("expected the name of a tag");
        }
        int pos = tokens.next().offset();
        return switch ((String) token.value()) {
            case "for" -> forLoop(pos);
            case "if" -> ifTag(pos);
            case "set" -> set(pos);
            case "macro" -> macro(pos);
            case "call" -> call(pos);
            case "filter" ->
                new Ast.FilterBlock(
                        pos, expressions.postfix().chain(true).orElseThrow(), parser.closedBody("endfilter"));
            case "with" -> with(pos);
            case "generation" ->
                new Ast.CallBlock(pos, Optional.empty(), List.of(), List.of(), parser.closedBody("endgeneration"));
            case "break", "continue" -> new Ast.Jump(pos, token.value().equals("break"));
            case "print" -> print(pos);
            case "block" -> block(pos);
            case "autoescape" -> autoescape(pos);
            case "include", "import", "from", "extends" -> external(pos, (String) token.value());
            default -> throw Failure.syntax("unknown tag '" + token.value() + "'", pos);
        };
    }

    private Ast forLoop(int pos) {
        Ast target = parser.target(false);
        tokens.expectName("in");
        Ast items = expressions.tuple(false, false, false, false);
        Optional<Ast> test = parser.optional(tokens.skipName("if"));
        boolean recursive = tokens.skipName("recursive");
        List<Ast> body = parser.body("endfor", "else");
        List<Ast> otherwise = tokens.next().isName("else") ? parser.closedBody("endfor") : List.of();
        return new Ast.For(pos, target, items, body, otherwise, test, recursive);
    }

    private Ast ifTag(int pos) {
        Ast test = expressions.tuple(false, false, false, false);
        List<Ast> body = parser.body("elif", "else", "endif");
        List<Ast.If> elifs = new ArrayList<>();
        Token end = tokens.next();
        while (end.isName("elif")) {
            Ast next = expressions.tuple(false, false, false, false);
            elifs.add(new Ast.If(end.offset(), next, parser.body("elif", "else", "endif"), List.of(), List.of()));
            end = tokens.next();
        }
        List<Ast> otherwise = end.isName("else") ? parser.closedBody("endif") : List.of();
        return new Ast.If(pos, test, body, elifs, otherwise);
    }

    private Ast set(int pos) {
        Ast target = parser.target(true);
        if (tokens.skipOperator("=")) {
            return new Ast.Assign(pos, target, expressions.tuple(false, true, false, false));
        }
        Optional<Ast.Filter> filter = expressions.postfix().chain(false);
        return new Ast.AssignBlock(pos, target, filter, parser.closedBody("endset"));
    }

    private Ast macro(int pos) {
        String name = parser.nameTarget(Ast.Use.STORE).name();
        List<Ast.Name> args = new ArrayList<>();
        List<Ast> defaults = new ArrayList<>();
        signature(args, defaults);
        return new Ast.Macro(pos, name, args, defaults, parser.closedBody("endmacro"));
    }

    private void signature(List<Ast.Name> args, List<Ast> defaults) {
        Set<String> seen = new HashSet<>();
        tokens.expectOperator("(");
        while (!tokens.current().isOperator(")")) {
            if (!args.isEmpty()) {
                tokens.expectOperator(",");
            }
            Ast.Name arg = parser.nameTarget(Ast.Use.PARAMETER);
            if (!seen.add(arg.name())) {
                throw Failure.syntax("duplicate argument '" + arg.name() + "'", arg.pos());
            }
            if (tokens.skipOperator("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw Failure.syntax("non-default argument follows default argument", arg.pos());
            }
            args.add(arg);
        }
        tokens.expectOperator(")");
    }

    private Ast call(int pos) {
        List<Ast.Name> args = new ArrayList<>();
        List<Ast> defaults = new ArrayList<>();
        if (tokens.current().isOperator("(")) {
            signature(args, defaults);
        }
        Ast call = expressions.expression();
        if (!(call instanceof Ast.Call callee)) {
            throw Failure.syntax("expected call", pos);
        }
        return new Ast.CallBlock(pos, Optional.of(callee), args, defaults, parser.closedBody("endcall"));
    }

    private Ast with(int pos) {
        List<Ast> targets = new ArrayList<>();
        List<Ast> values = new ArrayList<>();
        while (!tokens.current().is(TokenType.BLOCK_END)) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(Parser.stored(parser.target(false), Ast.Use.PARAMETER));
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        return new Ast.With(pos, targets, values, parser.closedBody("endwith"));
    }

    private Ast print(int pos) {
        List<Ast> parts = new ArrayList<>();
        while (!tokens.current().is(TokenType.BLOCK_END)) {
            if (!parts.isEmpty()) {
                tokens.expectOperator(",");
            }
            parts.add(expressions.expression());
        }
        return new Ast.Output(pos, parts);
    }

    private Ast block(int pos) {
        String name = tokens.name();
        boolean scoped = tokens.skipName("scoped");
        boolean required = tokens.skipName("required");
        List<Ast> body = parser.closedBody("endblock");
        if (required && !body.stream().allMatch(TagParser::isBlank)) {
            throw Failure.syntax("Required blocks can only contain comments or whitespace", pos);
        }
        tokens.skipName(name);
        return new Ast.Block(pos, name, scoped, required, body);
    }

    private static boolean isBlank(Ast node) {
        return node instanceof Ast.Output output
                && output.children().stream()
                        .allMatch(part -> part instanceof Ast.Data data && Chars.all(data.text(), Chars::isSpace));
    }

    /** Chat templates run without escaping: to ask for it would silently change prompts, so it is refused. */
    private Ast autoescape(int pos) {
        Ast option = expressions.expression();
        if (!(option instanceof Ast.Const wanted) || Types.truth(wanted.value())) {
            throw Failure.syntax("autoescape is not supported; only 'autoescape false' is", pos);
        }
        return new Ast.Scope(pos, parser.closedBody("endautoescape"));
    }

    private Ast external(int pos, String tag) {
        Ast template = expressions.expression();
        List<Ast.Name> names = new ArrayList<>();
        if (tag.equals("include") && tokens.skipName("ignore")) {
            tokens.expectName("missing");
        } else if (tag.equals("import")) {
            tokens.expectName("as");
            names.add(parser.nameTarget(Ast.Use.STORE));
        } else if (tag.equals("from")) {
            tokens.expectName("import");
            importedNames(names);
        }
        if (!tag.equals("extends") && isContext()) {
            tokens.next();
            tokens.next();
        }
        return new Ast.External(pos, tag, template, names);
    }

    private boolean isContext() {
        boolean with = tokens.current().isName("with") || tokens.current().isName("without");
        return with && tokens.look().isName("context");
    }

    private void importedNames(List<Ast.Name> names) {
        while (names.isEmpty() || tokens.skipOperator(",")) {
            if (isContext()) {
                return;
            }
            Ast.Name name = parser.nameTarget(Ast.Use.STORE);
            if (name.name().startsWith("_")) {
                throw Failure.syntax("names starting with an underline can not be imported", name.pos());
            }
            names.add(tokens.skipName("as") ? parser.nameTarget(Ast.Use.STORE) : name);
            if (isContext()) {
                return;
            }
        }
    }
}
