package io.github.ultrafeedback.template.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Parses expressions, lowest precedence first: if, or, and, not, comparisons, + -, ~, * / // %, **, unary, the rest.
 */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final Tokens tokens;
    private final PostfixParser postfix;
    private final LiteralParser literals;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.postfix = new PostfixParser(tokens, this);
        this.literals = new LiteralParser(tokens, this);
    }

    PostfixParser postfix() {
        return postfix;
    }

    Ast expression() {
        return expression(true);
    }

    Ast expression(boolean conditional) {
        tokens.enter();
        Ast result = conditional ? conditional() : or();
        tokens.leave();
        return result;
    }

    private Ast conditional() {
        int pos = pos();
        Ast result = or();
        while (tokens.skipName("if")) {
            Ast test = or();
            Optional<Ast> otherwise = tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
            result = new Ast.Conditional(pos, test, result, otherwise);
        }
        return result;
    }

    private Ast or() {
        return logical("or", this::and);
    }

    private Ast and() {
        return logical("and", this::not);
    }

    private Ast logical(String operator, Supplier<Ast> operand) {
        Ast left = operand.get();
        int chain = 0;
        while (tokens.current().isName(operator)) {
            int pos = tokens.next().offset();
            tokens.enter();
            chain++;
            left = new Ast.Binary(pos, operator, left, operand.get());
        }
        leave(chain);
        return left;
    }

    private void leave(int chain) {
        for (int i = 0; i < chain; i++) {
            tokens.leave();
        }
    }

    private Ast not() {
        if (!tokens.current().isName("not")) {
            return comparison();
        }
        int pos = tokens.next().offset();
        tokens.enter();
        Ast operand = not();
        tokens.leave();
        return new Ast.Unary(pos, "not", operand);
    }

    private Ast comparison() {
        int pos = pos();
        Ast first = sum();
        List<Ast.Operand> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.is(TokenType.OPERATOR) && COMPARISONS.contains(token.value())) {
                tokens.next();
                rest.add(new Ast.Operand(token.offset(), (String) token.value(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(new Ast.Operand(token.offset(), "in", sum()));
            } else if (token.isName("not") && tokens.look().isName("in")) {
                tokens.next();
                tokens.next();
                rest.add(new Ast.Operand(token.offset(), "not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Ast.Comparison(pos, first, rest);
            }
        }
    }

    private Ast sum() {
        return binary(Set.of("+", "-"), this::concat);
    }

    private Ast concat() {
        int pos = pos();
        List<Ast> parts = new ArrayList<>(List.of(product()));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Ast.Concat(pos, parts);
    }

    private Ast product() {
        return binary(Set.of("*", "/", "//", "%"), this::power);
    }

    /** Left associative and weaker than a sign, unlike Python's. */
    private Ast power() {
        return binary(Set.of("**"), () -> unary(true));
    }

    private Ast binary(Set<String> operators, Supplier<Ast> operand) {
        Ast left = operand.get();
        int chain = 0;
        while (tokens.current().is(TokenType.OPERATOR)
                && operators.contains(tokens.current().value())) {
            Token operator = tokens.next();
            tokens.enter();
            chain++;
            left = new Ast.Binary(operator.offset(), (String) operator.value(), left, operand.get());
        }
        leave(chain);
        return left;
    }

    Ast unary(boolean filters) {
        Token token = tokens.current();
        Ast node;
        if (tokens.skipOperator("-") || tokens.skipOperator("+")) {
            tokens.enter();
            node = new Ast.Unary(token.offset(), (String) token.value(), unary(false));
            tokens.leave();
        } else {
            node = primary(false);
        }
        node = postfix.postfix(node);
        return filters ? postfix.filters(node) : node;
    }

    Ast primary(boolean withNamespace) {
        Token token = tokens.current();
        return switch (token.type()) {
            case NAME -> name(withNamespace);
            case STRING -> literals.string();
            case INTEGER, FLOAT -> new Ast.Const(token.offset(), tokens.next().value());
            case OPERATOR -> literals.bracketed();
            default -> throw tokens.unexpected(null);
        };
    }

    private Ast name(boolean withNamespace) {
        Token token = tokens.next();
        String name = (String) token.value();
        switch (name) {
            case "true", "True" -> {
                return new Ast.Const(token.offset(), true);
            }
            case "false", "False" -> {
                return new Ast.Const(token.offset(), false);
            }
            case "none", "None" -> {
                return new Ast.Const(token.offset(), Sentinel.NONE);
            }
            default -> {
                if (withNamespace && tokens.skipOperator(".")) {
                    return new Ast.NamespaceRef(token.offset(), name, tokens.name());
                }
                return new Ast.Name(token.offset(), name, Ast.Use.LOAD);
            }
        }
    }

    /** Expressions with commas between them. {@code simple} takes primaries only, as assignment targets are. */
    Ast tuple(boolean simple, boolean conditional, boolean withNamespace, boolean parentheses) {
        int pos = pos();
        List<Ast> items = new ArrayList<>();
        boolean tuple = false;
        while (true) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (isTupleEnd()) {
                break;
            }
            items.add(simple ? primary(withNamespace) : expression(conditional));
            if (!tokens.current().isOperator(",")) {
                break;
            }
            tuple = true;
        }
        if (!tuple && !items.isEmpty()) {
            return items.get(0);
        }
        if (!tuple && !parentheses) {
            throw tokens.unexpected("expected an expression");
        }
        return new Ast.Sequence(pos, items, true);
    }

    private boolean isTupleEnd() {
        Token token = tokens.current();
        return token.is(TokenType.VARIABLE_END) || token.is(TokenType.BLOCK_END) || token.isOperator(")");
    }

    private int pos() {
        return tokens.current().offset();
    }
}
