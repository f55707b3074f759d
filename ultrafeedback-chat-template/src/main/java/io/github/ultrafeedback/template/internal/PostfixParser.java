package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses what follows an operand: attributes, subscripts, calls, filters and tests. */
final class PostfixParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;

    PostfixParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Ast postfix(Ast start) {
        Ast node = start;
        int chain = 0;
        while (true) {
            Token token = tokens.current();
            if (tokens.skipOperator(".")) {
                node = attribute(node, token);
            } else if (tokens.skipOperator("[")) {
                node = subscript(node, token);
            } else if (token.isOperator("(")) {
                node = new Ast.Call(token.offset(), node, arguments());
            } else {
                break;
            }
            tokens.enter();
            chain++;
        }
        leave(chain);
        return node;
    }

    Ast filters(Ast start) {
        Ast node = start;
        int chain = 0;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator("|")) {
                node = filter(Optional.of(node), false);
            } else if (token.isName("is")) {
                node = test(node);
            } else if (token.isOperator("(")) {
                node = new Ast.Call(token.offset(), node, arguments());
            } else {
                break;
            }
            tokens.enter();
            chain++;
        }
        leave(chain);
        return node;
    }

    private void leave(int chain) {
        for (int i = 0; i < chain; i++) {
            tokens.leave();
        }
    }

    private Ast attribute(Ast owner, Token dot) {
        Token name = tokens.next();
        if (name.is(TokenType.NAME)) {
            return new Ast.Attribute(dot.offset(), owner, (String) name.value());
        }
        if (!name.is(TokenType.INTEGER)) {
            throw Failure.syntax("expected name or number", name.offset());
        }
        return new Ast.Element(dot.offset(), owner, new Ast.Const(name.offset(), name.value()));
    }

    private Ast subscript(Ast owner, Token bracket) {
        List<Ast> keys = new ArrayList<>();
        while (!tokens.current().isOperator("]")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            keys.add(key());
        }
        tokens.expectOperator("]");
        if (keys.size() != 1 && keys.stream().anyMatch(Ast.Slice.class::isInstance)) {
            throw Failure.syntax("a slice cannot stand beside other keys", bracket.offset());
        }
        Ast key = keys.size() == 1 ? keys.get(0) : new Ast.Sequence(bracket.offset(), keys, true);
        return new Ast.Element(bracket.offset(), owner, key);
    }

    private Ast key() {
        int pos = tokens.current().offset();
        Optional<Ast> start = Optional.empty();
        if (!tokens.skipOperator(":")) {
            Ast first = expressions.expression();
            if (!tokens.skipOperator(":")) {
                return first;
            }
            start = Optional.of(first);
        }
        Optional<Ast> stop = tokens.current().isOperator(":") ? Optional.empty() : bound();
        Optional<Ast> step = tokens.skipOperator(":") ? bound() : Optional.empty();
        return new Ast.Slice(pos, start, stop, step);
    }

    private Optional<Ast> bound() {
        boolean absent = tokens.current().isOperator("]") || tokens.current().isOperator(",");
        return absent ? Optional.empty() : Optional.of(expressions.expression());
    }

    Ast.Arguments arguments() {
        int pos = tokens.current().offset();
        tokens.expectOperator("(");
        tokens.enter();
        List<Ast> positional = new ArrayList<>();
        List<Ast.Keyword> named = new ArrayList<>();
        Optional<Ast> more = Optional.empty();
        Optional<Ast> moreNamed = Optional.empty();
        boolean comma = false;
        while (!tokens.current().isOperator(")")) {
            if (comma) {
                tokens.expectOperator(",");
                if (tokens.current().isOperator(")")) {
                    break;
                }
            }
            if (tokens.skipOperator("*")) {
                ensure(more.isEmpty() && moreNamed.isEmpty(), pos);
                more = Optional.of(expressions.expression());
            } else if (tokens.skipOperator("**")) {
                ensure(moreNamed.isEmpty(), pos);
                moreNamed = Optional.of(expressions.expression());
            } else if (tokens.current().is(TokenType.NAME) && tokens.look().isOperator("=")) {
                ensure(moreNamed.isEmpty(), pos);
                named.add(keyword());
            } else {
                ensure(more.isEmpty() && moreNamed.isEmpty() && named.isEmpty(), pos);
                positional.add(expressions.expression());
            }
            comma = true;
        }
        tokens.expectOperator(")");
        tokens.leave();
        refuseRepeats(named);
        return new Ast.Arguments(positional, named, more, moreNamed);
    }

    private Ast.Keyword keyword() {
        Token name = tokens.next();
        tokens.next();
        return new Ast.Keyword(name.offset(), (String) name.value(), expressions.expression());
    }

    private static void ensure(boolean right, int pos) {
        if (!right) {
            throw Failure.syntax("invalid syntax for function call expression", pos);
        }
    }

    private static void refuseRepeats(List<Ast.Keyword> named) {
        Set<String> seen = new HashSet<>();
        for (Ast.Keyword keyword : named) {
            if (!seen.add(keyword.name())) {
                throw Failure.syntax("keyword argument repeated: " + keyword.name(), keyword.pos());
            }
        }
    }

    /** One filter of a chain; {@code inline} takes the first one of a filter block, which has no bar before it. */
    Ast.Filter filter(Optional<Ast> value, boolean inline) {
        if (!inline) {
            tokens.expectOperator("|");
        }
        int pos = tokens.current().offset();
        String name = dottedName();
        return new Ast.Filter(pos, value, name, optionalArguments());
    }

    /** All filters of a block's head: none gives empty. */
    Optional<Ast.Filter> chain(boolean inline) {
        Optional<Ast.Filter> filter = inline ? Optional.of(filter(Optional.empty(), true)) : Optional.empty();
        int chain = 0;
        while (tokens.current().isOperator("|")) {
            filter = Optional.of(filter(filter.map(Ast.class::cast), false));
            tokens.enter();
            chain++;
        }
        leave(chain);
        return filter;
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(tokens.name());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.name());
        }
        return name.toString();
    }

    private Ast.Arguments optionalArguments() {
        return tokens.current().isOperator("(") ? arguments() : Ast.Arguments.EMPTY;
    }

    private Ast test(Ast value) {
        int pos = tokens.next().offset();
        boolean negated = tokens.skipName("not");
        String name = dottedName();
        Ast test = new Ast.Test(pos, value, name, testArguments());
        return negated ? new Ast.Unary(pos, "not", test) : test;
    }

    private Ast.Arguments testArguments() {
        Token token = tokens.current();
        if (token.isOperator("(")) {
            return arguments();
        }
        boolean operand = token.is(TokenType.NAME)
                || token.is(TokenType.STRING)
                || token.is(TokenType.INTEGER)
                || token.is(TokenType.FLOAT)
                || token.isOperator("[")
                || token.isOperator("{");
        if (!operand || token.isName("else") || token.isName("or") || token.isName("and")) {
            return Ast.Arguments.EMPTY;
        }
        if (token.isName("is")) {
            throw Failure.syntax("You cannot chain multiple tests with is", token.offset());
        }
        Ast argument = postfix(expressions.primary(false));
        return new Ast.Arguments(List.of(argument), List.of(), Optional.empty(), Optional.empty());
    }
}
