package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.List;

/** Parses strings, and what stands in brackets: tuples, lists, dicts. */
final class LiteralParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;

    LiteralParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Ast string() {
        int pos = tokens.current().offset();
        StringBuilder all = new StringBuilder();
        while (tokens.current().is(TokenType.STRING)) {
            all.append(tokens.next().value());
        }
        return new Ast.Const(pos, Text.template(all.toString()));
    }

    Ast bracketed() {
        Token token = tokens.current();
        if (tokens.skipOperator("(")) {
            Ast inner = expressions.tuple(false, true, false, true);
            tokens.expectOperator(")");
            return inner;
        }
        if (tokens.skipOperator("[")) {
            List<Ast> items = new ArrayList<>();
            while (!tokens.current().isOperator("]")) {
                if (!items.isEmpty()) {
                    tokens.expectOperator(",");
                    if (tokens.current().isOperator("]")) {
                        break;
                    }
                }
                items.add(expressions.expression());
            }
            tokens.expectOperator("]");
            return new Ast.Sequence(token.offset(), items, false);
        }
        if (tokens.current().isOperator("{")) {
            return dict();
        }
        throw tokens.unexpected(null);
    }

    private Ast dict() {
        int pos = tokens.next().offset();
        List<Ast.Pair> pairs = new ArrayList<>();
        while (!tokens.current().isOperator("}")) {
            if (!pairs.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.current().isOperator("}")) {
                    break;
                }
            }
            Ast key = expressions.expression();
            tokens.expectOperator(":");
            pairs.add(new Ast.Pair(key.pos(), key, expressions.expression()));
        }
        tokens.expectOperator("}");
        return new Ast.Mapping(pos, pairs);
    }
}
