package io.github.ultrafeedback.template;

/** A template that refused its input by calling {@code raise_exception}. */
public final class TemplateRaisedException extends TemplateException {
    private final String raised;
    private final String withoutValues;

    TemplateRaisedException(String template, int line, int column, String raised, String withoutValues) {
        super(template, line, column, "the template refuses this input: " + raised);
        this.raised = raised;
        this.withoutValues = withoutValues;
    }

    /**
     * What the template said, word for word. A template may put parts of the prompt into it.
     *
     * @return the argument of {@code raise_exception} as a string
     */
    public String raised() {
        return raised;
    }

    /**
     * What the template said, fit for a log: an ellipsis stands for each stretch that came from a value of the context.
     *
     * @return the template's own words
     */
    public String withoutValues() {
        return withoutValues;
    }
}
