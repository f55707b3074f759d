package io.github.ultrafeedback.template.internal;

/**
 * A piece of the source.
 *
 * @param type what it is; an operator's type is OPERATOR and its value the operator
 * @param value the text, unescaped for strings; a number for INTEGER and FLOAT
 * @param offset where it starts
 */
record Token(TokenType type, Object value, int offset) {
    boolean is(TokenType wanted) {
        return type == wanted;
    }

    boolean isName(String name) {
        return type == TokenType.NAME && value.equals(name);
    }

    boolean isOperator(String operator) {
        return type == TokenType.OPERATOR && value.equals(operator);
    }

    /** For messages. */
    String shown() {
        return switch (type) {
            case DATA -> "template text";
            case VARIABLE_BEGIN -> "{{";
            case VARIABLE_END -> "}}";
            case BLOCK_BEGIN -> "{%";
            case BLOCK_END -> "%}";
            case STRING -> "a string";
            case EOF -> "the end of the template";
            default -> "'" + value + "'";
        };
    }
}
