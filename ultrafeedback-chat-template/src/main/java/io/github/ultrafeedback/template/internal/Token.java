package io.github.ultrafeedback.template.internal;

/**
 * A piece of the source.
 *
 * @param type what it is; an operator's type is OPERATOR and its value the operator
 * @param value the text, unescaped for strings; a number for INTEGER and FLOAT
 * @param offset where it starts
 */
record Token(Type type, Object value, int offset) {
    enum Type {
        DATA,
        VARIABLE_BEGIN,
        VARIABLE_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        EOF
    }

    boolean is(Type wanted) {
        return type == wanted;
    }

    boolean isName(String name) {
        return type == Type.NAME && value.equals(name);
    }

    boolean isOperator(String operator) {
        return type == Type.OPERATOR && value.equals(operator);
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
