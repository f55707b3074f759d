package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses statements. Used once. */
final class Parser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final TagParser tags;

    private Parser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.expressions = new ExpressionParser(this.tokens);
        this.tags = new TagParser(this.tokens, expressions, this);
    }

    static List<Ast> parse(String normalized) {
        Parser parser = new Parser(Lexer.tokens(normalized));
        return parser.statements(Set.of());
    }

    /** The body up to one of the end tags, whose name stays current. No ends: up to the end of the source. */
    private List<Ast> statements(Set<String> ends) {
        tokens.enter();
        List<Ast> body = new ArrayList<>();
        List<Ast> output = new ArrayList<>();
        while (!tokens.current().is(TokenType.EOF)) {
            Token token = tokens.next();
            if (token.is(TokenType.DATA)) {
                output.add(new Ast.Data(token.offset(), (String) token.value()));
            } else if (token.is(TokenType.VARIABLE_BEGIN)) {
                output.add(expressions.tuple(false, true, false, false));
                tokens.expect(TokenType.VARIABLE_END);
            } else {
                flush(output, body);
                Token tag = tokens.current();
                if (tag.is(TokenType.NAME) && ends.contains(tag.value())) {
                    tokens.leave();
                    return body;
                }
                body.add(tags.statement());
                tokens.expect(TokenType.BLOCK_END);
            }
        }
        flush(output, body);
        tokens.leave();
        if (!ends.isEmpty()) {
            throw tokens.unexpected("expected one of the tags "
                    + String.join(", ", ends.stream().sorted().toList()));
        }
        return body;
    }

    private static void flush(List<Ast> output, List<Ast> body) {
        if (!output.isEmpty()) {
            body.add(new Ast.Output(output.get(0).pos(), List.copyOf(output)));
            output.clear();
        }
    }

    /** The body of a tag whose head ends here, up to one of the end tags. */
    List<Ast> body(String... ends) {
        tokens.skipOperator(":");
        tokens.expect(TokenType.BLOCK_END);
        return statements(Set.of(ends));
    }

    /** As {@link #body}, and takes the end tag's name. */
    List<Ast> closedBody(String end) {
        List<Ast> body = body(end);
        tokens.next();
        return body;
    }

    /** What stands left of an equals sign or after {@code for}. */
    Ast target(boolean withNamespace) {
        Ast target = expressions.tuple(true, true, withNamespace, false);
        return stored(target, Ast.Use.STORE);
    }

    Ast.Name nameTarget(Ast.Use use) {
        Token token = tokens.expect(TokenType.NAME);
        return (Ast.Name) stored(new Ast.Name(token.offset(), (String) token.value(), Ast.Use.LOAD), use);
    }

    static Ast stored(Ast target, Ast.Use use) {
        if (target instanceof Ast.Name name
                && !Set.of("true", "false", "none", "True", "False", "None").contains(name.name())) {
            return new Ast.Name(name.pos(), name.name(), use);
        }
        if (target instanceof Ast.NamespaceRef) {
            return target;
        }
        if (target instanceof Ast.Sequence sequence && sequence.tuple()) {
            List<Ast> items =
                    sequence.children().stream().map(item -> stored(item, use)).toList();
            return new Ast.Sequence(sequence.pos(), items, true);
        }
        throw Failure.syntax("can't assign to this expression", target.pos());
    }

    Optional<Ast> optional(boolean present) {
        return present ? Optional.of(expressions.expression()) : Optional.empty();
    }
}
