package io.github.ultrafeedback.template;

/** A template that needs more than its {@link RenderLimits}, or nests too deep to be parsed. */
public final class TemplateLimitException extends TemplateException {
    TemplateLimitException(String template, int line, int column, String message) {
        super(template, line, column, message);
    }
}
