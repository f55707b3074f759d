package io.github.ultrafeedback.template;

/** A source that is no template of this dialect: an unknown tag, filter or test, or wrong syntax. */
public final class TemplateSyntaxException extends TemplateException {
    TemplateSyntaxException(String template, int line, int column, String message) {
        super(template, line, column, message);
    }
}
