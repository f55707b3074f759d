package io.github.ultrafeedback.template;

/** A rendering that failed: something undefined was used, a type was wrong, a method or argument is unknown. */
public final class TemplateRenderException extends TemplateException {
    TemplateRenderException(String template, int line, int column, String message) {
        super(template, line, column, message);
    }
}
