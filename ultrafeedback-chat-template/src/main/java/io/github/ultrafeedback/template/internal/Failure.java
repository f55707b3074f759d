package io.github.ultrafeedback.template.internal;

/** Any error of the interpreter, with its place in the source; the door turns it into a public exception. */
public final class Failure extends RuntimeException {
    /** What went wrong. TYPE, VALUE, LOOKUP and OVERFLOW are render errors that some filters recover from. */
    public enum Kind {
        /** The source is no template. */
        SYNTAX,
        /** A wrong type, as Python's TypeError. */
        TYPE,
        /** A wrong value, as Python's ValueError. */
        VALUE,
        /** A key or an index that is not there. */
        LOOKUP,
        /** A number that does not fit. */
        OVERFLOW,
        /** Any other error while rendering. */
        RENDER,
        /** The template called {@code raise_exception}. */
        RAISED,
        /** The template needs more than its limits allow. */
        LIMIT
    }

    private final Kind kind;
    private final String withoutValues;
    private int offset = -1;

    Failure(Kind kind, String message) {
        this(kind, message, message);
    }

    private Failure(Kind kind, String message, String withoutValues) {
        super(message, null, false, false);
        this.kind = kind;
        this.withoutValues = withoutValues;
    }

    static Failure raised(Text message) {
        return new Failure(Kind.RAISED, message.string(), message.withoutValues());
    }

    static Failure type(String message) {
        return new Failure(Kind.TYPE, message);
    }

    static Failure value(String message) {
        return new Failure(Kind.VALUE, message);
    }

    static Failure lookup(String message) {
        return new Failure(Kind.LOOKUP, message);
    }

    static Failure overflow(String message) {
        return new Failure(Kind.OVERFLOW, message);
    }

    static Failure render(String message) {
        return new Failure(Kind.RENDER, message);
    }

    static Failure limit(String message) {
        return new Failure(Kind.LIMIT, message);
    }

    static Failure syntax(String message, int offset) {
        return new Failure(Kind.SYNTAX, message).at(offset);
    }

    /** Notes where it happened, unless an inner place is known already. */
    Failure at(int place) {
        if (offset < 0) {
            offset = place;
        }
        return this;
    }

    boolean is(Kind one, Kind other) {
        return kind == one || kind == other;
    }

    /**
     * What went wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where it went wrong.
     *
     * @return offset into the source with its line ends normalised, -1 if unknown
     */
    public int offset() {
        return offset;
    }

    /**
     * The message with an ellipsis for each stretch that came from a value.
     *
     * @return never null
     */
    public String withoutValues() {
        return withoutValues;
    }

    /**
     * The message.
     *
     * @return never null
     */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
