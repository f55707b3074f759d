package io.github.ultrafeedback.template;

import io.github.ultrafeedback.template.internal.Failure;
import io.github.ultrafeedback.template.internal.Limits;
import io.github.ultrafeedback.template.internal.Program;
import io.github.ultrafeedback.template.internal.Text;
import io.github.ultrafeedback.template.internal.Values;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A parsed chat template. Immutable and safe for any number of threads; parse once, render often.
 *
 * <p>The context is plain data: null, Boolean, Integer, Long, BigInteger, Float, Double, strings, {@link TemplateText},
 * List, and Map with string keys. Text in it is data and never evaluated. Nothing is called by reflection.
 */
public final class ChatTemplate {
    private static final ParseCache CACHE = new ParseCache();
    private static final Values VALUES = new Values(
            value -> value instanceof TemplateText trusted ? (Object) Text.template(trusted.string()) : value);

    private final String name;
    private final Program program;
    private final RenderLimits limits;
    private final Clock clock;

    private ChatTemplate(String name, Program program, RenderLimits limits, Clock clock) {
        this.name = name;
        this.program = program;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Parses a template without a name of its own.
     *
     * @param source the Jinja source
     * @return the template, with default limits and the system clock
     * @throws TemplateSyntaxException if the source is no template of this dialect
     * @throws TemplateLimitException if it nests too deep
     */
    public static ChatTemplate parse(String source) {
        return parse(source, "chat template");
    }

    /**
     * Parses a template. The last 64 different sources are kept, so that parsing one again costs a lookup.
     *
     * @param source the Jinja source
     * @param name what error messages call it: the model, or the file
     * @return the template, with default limits and the system clock
     * @throws TemplateSyntaxException if the source is no template of this dialect
     * @throws TemplateLimitException if it nests too deep
     */
    public static ChatTemplate parse(String source, String name) {
        Objects.requireNonNull(name, "name");
        try {
            return new ChatTemplate(
                    name, CACHE.program(source), RenderLimits.DEFAULT, Clock.system(ZoneId.systemDefault()));
        } catch (Failure failure) {
            int offset = failure.offset();
            throw exception(name, failure, Program.line(source, offset), Program.column(source, offset));
        }
    }

    /**
     * The same template under other limits.
     *
     * @param other the limits
     * @return a copy
     */
    public ChatTemplate withLimits(RenderLimits other) {
        return new ChatTemplate(name, program, Objects.requireNonNull(other, "limits"), clock);
    }

    /**
     * The same template with another clock behind {@code strftime_now}.
     *
     * @param other the clock, whose zone counts too
     * @return a copy
     */
    public ChatTemplate withClock(Clock other) {
        return new ChatTemplate(name, program, limits, Objects.requireNonNull(other, "clock"));
    }

    /**
     * Renders a prompt.
     *
     * @param context the variables: {@code messages}, {@code add_generation_prompt}, {@code bos_token} and whatever
     *     else the template asks for
     * @return the prompt
     * @throws TemplateRaisedException if the template refuses the input
     * @throws TemplateLimitException if it needs more than its limits
     * @throws TemplateRenderException if it fails in any other way
     * @throws IllegalArgumentException if the context holds a type that is not listed above
     */
    public String render(Map<String, ?> context) {
        return run(context).string();
    }

    /**
     * Renders a prompt and says which of its characters the template wrote.
     *
     * @param context as for {@link #render}
     * @return the prompt with its spans
     * @throws TemplateRaisedException if the template refuses the input
     * @throws TemplateLimitException if it needs more than its limits
     * @throws TemplateRenderException if it fails in any other way
     * @throws IllegalArgumentException if the context holds a type that is not listed above
     */
    public RenderedTemplate renderTracked(Map<String, ?> context) {
        Text text = run(context);
        List<RenderedTemplate.Span> spans = new ArrayList<>();
        int start = 0;
        boolean origin = text.startsAsTemplate();
        for (int cut : text.cuts()) {
            spans.add(new RenderedTemplate.Span(start, cut, origin));
            start = cut;
            origin = !origin;
        }
        if (start < text.string().length()) {
            spans.add(new RenderedTemplate.Span(start, text.string().length(), origin));
        }
        return new RenderedTemplate(text.string(), spans);
    }

    private Text run(Map<String, ?> context) {
        Map<String, Object> values = new HashMap<>();
        context.forEach((key, value) -> values.put(key, VALUES.of(value)));
        try {
            Limits bounds = new Limits(
                    limits.outputChars(),
                    limits.loopIterations(),
                    limits.depth(),
                    limits.time().toNanos());
            return program.run(values, bounds, clock);
        } catch (Failure failure) {
            throw exception(name, failure, program.line(failure.offset()), program.column(failure.offset()));
        }
    }

    private static TemplateException exception(String name, Failure failure, int line, int column) {
        return switch (failure.kind()) {
            case SYNTAX -> new TemplateSyntaxException(name, line, column, failure.text());
            case LIMIT -> new TemplateLimitException(name, line, column, failure.text());
            case RAISED -> new TemplateRaisedException(name, line, column, failure.text(), failure.withoutValues());
            default -> new TemplateRenderException(name, line, column, failure.text());
        };
    }

    /** Names the template without its source. */
    @Override
    public String toString() {
        return "ChatTemplate[" + name + "]";
    }
}
