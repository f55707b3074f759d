package io.github.ultrafeedback.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What error messages show: the template's words, never those of a value. */
final class SecrecyTest {
    private static final Map<String, Object> CONTEXT = Map.of(
            "s",
            "secret",
            "n",
            271828,
            "d",
            Map.of("secret", 1),
            "l",
            List.of("secret"),
            "b",
            "{0.secret.x}",
            "i",
            "{271828}",
            "f",
            "{0[secret].x}",
            "k",
            "{secret}",
            "p",
            "%(secret)s");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ b.format(1) }}",
                "{{ f.format({}) }}",
                "{{ i.format(1) }}",
                "{{ k.format(1) }}",
                "{{ p % {} }}",
                "{{ (1|attr(s)).x }}",
                "{{ d[s ~ s].x }}",
                "{{ 'a'|upper(**d) }}",
                "{{ 'a'.split(**d) }}",
                "{% macro m() %}{% endmacro %}{{ m(**d) }}",
                "{{ l|map(s)|list }}",
                "{{ l|select(s)|list }}",
                "{{ l|map(attribute=s)|map(attribute=s)|list }}",
                "{{ l|sum }}",
                "{{ s|int + s }}",
                "{{ l.index(1) }}",
                "{{ s.index('q') }}",
                "{{ n + s }}",
                "{{ s() }}",
                "{{ d.secret() }}",
                "{% set a, b = s %}",
                "{{ range(s) }}",
                "{{ n|round(0, s) }}",
                "{{ d|dictsort(by=s) }}",
                "{{ d|xmlattr(s).x }}",
                "{{ [n, s]|sort }}",
                "{{ s|float|tojson(indent=s, separators=n) }}",
                "{{ strftime_now(n) }}",
                "{{ '%d' % s }}",
                "{{ '{:q}'.format(n) }}",
                "{{ '{:d}'.format(s) }}",
                "{{ dict([s]) }}"
            })
    void noMessageRepeatsAValue(String source) {
        assertThatThrownBy(() -> ChatTemplate.parse(source).render(CONTEXT))
                .isInstanceOf(TemplateException.class)
                .satisfies(error -> {
                    // A name that stands in the template is the template's own.
                    String message = String.valueOf(error.getMessage());
                    assertThat(source.contains("secret") ? message.replace("'secret'", "") : message)
                            .doesNotContain("secret", "271828");
                });
    }

    @Test
    void anUnknownArgumentOfTheTemplateIsNamed() {
        assertThatThrownBy(() -> ChatTemplate.parse("{{ 'a'|upper(loud=1) }}").render(Map.of()))
                .hasMessageContaining("'loud'")
                .hasMessageContaining("line 1, column");
        assertThatThrownBy(() -> ChatTemplate.parse("{% macro m() %}{% endmacro %}{{ m(loud=1) }}")
                        .render(Map.of()))
                .hasMessageContaining("'loud'");
    }
}
