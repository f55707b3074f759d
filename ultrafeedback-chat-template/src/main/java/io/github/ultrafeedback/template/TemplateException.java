package io.github.ultrafeedback.template;

/**
 * A template that could not be parsed or rendered. Messages name the template, the place and the cause, never the text
 * of a message; only {@link TemplateRaisedException} repeats what the template itself said.
 */
public abstract sealed class TemplateException extends RuntimeException
        permits TemplateSyntaxException, TemplateRenderException, TemplateRaisedException, TemplateLimitException {
    private final String template;
    private final int line;
    private final int column;

    TemplateException(String template, int line, int column, String message) {
        super(template + (line > 0 ? ", line " + line + ", column " + column : "") + ": " + message);
        this.template = template;
        this.line = line;
        this.column = column;
    }

    /**
     * The name that the template was parsed under.
     *
     * @return never null
     */
    public String template() {
        return template;
    }

    /**
     * Line of the source.
     *
     * @return 1 for the first line, 0 if unknown
     */
    public int line() {
        return line;
    }

    /**
     * Column of the source.
     *
     * @return 1 for the first UTF-16 unit of the line, 0 if unknown
     */
    public int column() {
        return column;
    }
}
