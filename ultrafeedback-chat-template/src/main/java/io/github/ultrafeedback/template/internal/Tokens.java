package io.github.ultrafeedback.template.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cursor over tokens, which also bounds how deep the parser goes. */
final class Tokens {
    /** Levels of nesting, and links of one chain of operators. Python gives up on 200 parentheses. */
    private static final int MOST_DEPTH = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token look() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean skipName(String name) {
        return current().isName(name) && next().is(TokenType.NAME);
    }

    boolean skipOperator(String operator) {
        return current().isOperator(operator) && next().is(TokenType.OPERATOR);
    }

    Token expect(TokenType type) {
        if (!current().is(type)) {
            throw unexpected("expected " + type.name().toLowerCase(java.util.Locale.ROOT));
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("expected '" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("expected '" + name + "'");
        }
    }

    String name() {
        return (String) expect(TokenType.NAME).value();
    }

    Failure unexpected(@Nullable String hint) {
        String what = "unexpected " + current().shown();
        return Failure.syntax(
                hint == null ? what : what + ", " + hint, current().offset());
    }

    void enter() {
        if (++depth > MOST_DEPTH) {
            throw new Failure(Failure.Kind.LIMIT, "the template nests more than " + MOST_DEPTH + " deep")
                    .at(current().offset());
        }
    }

    void leave() {
        depth--;
    }
}
