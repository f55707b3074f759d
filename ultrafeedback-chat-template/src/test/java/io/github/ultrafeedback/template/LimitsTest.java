package io.github.ultrafeedback.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'a' * 10**9 }}",
                "{{ 'ab' * 4000000 }}",
                "{{ [0] * 10**9 }}",
                "{{ 10**(10**10) }}",
                "{{ 2**1000000 }}",
                "{% set ns = namespace(s='aaaaaaaaaa') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(n=3) %}{% for i in range(1000) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
                "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(9) %}{% endfor %}{% endfor %}{% endfor %}",
                "{% for a in range(99999) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m(n) %}{{ m(n + 1)|upper ~ m(n) }}{% endmacro %}{{ m(0) }}",
                "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{% block b %}{{ self.b() }}{% endblock %}",
                "{{ '%999999999d' % 1 }}",
                "{{ '%.999999999f' % 1 }}",
                "{{ '{:>999999999}'.format(1) }}",
                "{{ 'a'.ljust(10**9) }}",
                "{{ 'a'.zfill(10**9) }}",
                "{{ 'a'|center(10**9) }}",
                "{{ 'a'|indent(10**9) }}",
                "{{ '\\t'.expandtabs(10**9) }}",
                "{{ [[1]]|tojson(indent=10**9) }}",
                "{{ [1]|batch(10**9, 0)|list }}",
                "{{ [1]|slice(10**9)|list }}",
                "{{ range(99999)|list * 99999 }}",
                "{% set ns = namespace(x=[]) %}{% for i in range(300) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ ns }}"
            })
    void aTemplateThatWantsTooMuchIsStopped(String source) {
        ChatTemplate template = ChatTemplate.parse(source)
                .withLimits(new RenderLimits(4_000_000, 1_000_000, 200, Duration.ofMinutes(1)));

        assertThatThrownBy(() -> template.render(Map.of())).isInstanceOf(TemplateLimitException.class);
    }

    @Test
    void aRangeIsBoundAsInTheSandbox() {
        assertThatThrownBy(
                        () -> ChatTemplate.parse("{{ range(100001)|length }}").render(Map.of()))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageContaining("Range too big");
        assertThat(ChatTemplate.parse("{{ range(100000)|length }}").render(Map.of()))
                .isEqualTo("100000");
    }

    @Test
    void timeRunsOut() {
        ChatTemplate template = ChatTemplate.parse("{% for a in range(99999) %}{{ a }}{% endfor %}")
                .withLimits(new RenderLimits(4_000_000, 1_000_000, 200, Duration.ofNanos(1)));

        assertThatThrownBy(() -> template.render(Map.of()))
                .isInstanceOf(TemplateLimitException.class)
                .hasMessageContaining("runs longer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{1:",
                "-",
                "not ",
                "a(",
                "a[",
                "a if a else ",
                "a+",
                "a ~ (",
                "{% if a %}",
                "a|f(",
                "a or ",
                "a."
            })
    void deepNestingIsALimitToo(String part) {
        String source = part.startsWith("{%") ? part.repeat(100_000) : "{{ " + part.repeat(100_000) + "a }}";

        assertThatThrownBy(() -> ChatTemplate.parse(source).render(Map.of("a", 1)))
                .isInstanceOfAny(TemplateLimitException.class, TemplateSyntaxException.class);
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new RenderLimits(0, 1, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("outputChars");
        assertThatThrownBy(() -> new RenderLimits(1, 0, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("loopIterations");
        assertThatThrownBy(() -> new RenderLimits(1, 1, 1001, Duration.ofSeconds(1)))
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> new RenderLimits(1, 1, 1, Duration.ZERO)).hasMessageContaining("time");
    }
}
