package io.github.ultrafeedback.template;

/** A template that refused its input by calling {@code raise_exception}. */
public final class TemplateRaisedException extends TemplateException {
    private final String raised;

    TemplateRaisedException(String template, int line, int column, String raised) {
        super(template, line, column, "the template refuses this input: " + raised);
        this.raised = raised;
    }

    /**
     * What the template said, word for word. A template may put parts of the prompt into it.
     *
     * @return the argument of {@code raise_exception} as a string
     */
    public String raised() {
        return raised;
    }
}
