package io.github.ultrafeedback.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ ns }}",
                "{% set ns = namespace(x=(1,)) %}{% for i in range(60) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}",
                "{% set s = 'a' * 3999999 %}{% set ns = namespace(l=[]) %}{% for i in range(1000) %}{% set ns.l = [ns.l, s[1:]] %}{% endfor %}",
                "{% set s = 'a' * 3999999 %}{% set ns = namespace(l=[]) %}{% for i in range(1000) %}{% set ns.l = [ns.l, s.partition('a')] %}{% endfor %}",
                "{% set s = 'a' * 3999999 %}{% set ns = namespace(l=[]) %}{% for i in range(1000) %}{% set ns.l = [ns.l, s.removeprefix('a')] %}{% endfor %}",
                "{{ (['A' * 3999999] * 1000)|sort|length }}",
                "{% set d = dict.fromkeys(range(99999)) %}{% for i in range(999) %}{% set e = d.copy() %}{% endfor %}",
                "{% set d = dict.fromkeys(range(99999)) %}{% for i in range(999) %}{% set e = dict(d) %}{% endfor %}"
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

    /** Each took minutes or more, without asking the clock. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ('a' * 400000).find('a' * 200000 ~ 'b') }}",
                "{{ ('a' * 400000).rfind('b' ~ 'a' * 200000) }}",
                "{{ ('a' * 200000 ~ 'b') in ('a' * 400000) }}",
                "{{ ('a' * 400000).split('a' * 200000 ~ 'b')|length }}",
                "{{ ('a' * 400000)|replace('a' * 200000 ~ 'b', '')|length }}",
                "{{ ('a' * 3999999).strip('b' * 3999998 ~ 'a')|length }}",
                "{{ ('{0' ~ '[a]' * 1300000 ~ '}').format([]) }}",
                "{{ ('&' * 3999999)|striptags|length }}",
                "{{ ('\u00df' * 1000000)|upper|length }}",
                "{{ '%.3900000f' % 5e-324 }}",
                "{% set x = ('a' ~ 1) * 400000 %}{% for c in x %}{{ c }}{% endfor %}"
            })
    @Timeout(60)
    void whatTookQuadraticTimeEnds(String source) {
        try {
            assertThat(ChatTemplate.parse(source).render(Map.of())).isNotEmpty();
        } catch (TemplateException expected) {
            assertThat(expected).isNotInstanceOf(TemplateSyntaxException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns.x == ns.y", "ns.x < ns.y", "ns.x in [ns.y]", "[ns.x, ns.y]|sort", "[ns.x].index(ns.y)"})
    @Timeout(60)
    void comparingWhatHoldsItselfManyTimesRunsOutOfTime(String expression) {
        String source = "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}"
                + "{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ " + expression + " }}";
        ChatTemplate template = ChatTemplate.parse(source)
                .withLimits(new RenderLimits(4_000_000, 1_000_000, 200, Duration.ofMillis(200)));

        assertThatThrownBy(() -> template.render(Map.of()))
                .isInstanceOf(TemplateLimitException.class)
                .hasMessageContaining("runs longer");
    }

    @Test
    @Timeout(60)
    void parsingIsBoundedToo() {
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            branches.append("{% set a").append(i).append(" = 1 %}");
        }
        assertThatThrownBy(() -> ChatTemplate.parse("a".repeat(1_000_001)))
                .isInstanceOf(TemplateLimitException.class)
                .hasMessageContaining("longer than 1000000 characters");
        assertThatThrownBy(() -> ChatTemplate.parse(branches + "{% if a %}{% endif %}".repeat(10_000)))
                .isInstanceOf(TemplateLimitException.class)
                .hasMessageContaining("too many variables");
        assertThatThrownBy(() -> ChatTemplate.parse("{{ 0x" + "f".repeat(900_000) + " }}"))
                .isInstanceOf(TemplateSyntaxException.class);
        String doubled = "[".repeat(60) + "0" + "]*2".repeat(60);
        assertThat(ChatTemplate.parse("{{ (" + doubled + ")|length }}").render(Map.of()))
                .isEqualTo("2");
    }

    @Test
    void theCacheOfParsedSourcesIsBoundInCharacters() {
        ParseCache cache = new ParseCache();
        for (int i = 0; i < 20; i++) {
            cache.program("a".repeat(199_000) + i);
            assertThat(cache.chars()).isLessThanOrEqualTo(1_000_000);
        }
        Object kept = cache.program("a".repeat(199_000) + 19);
        assertThat(cache.program("a".repeat(199_000) + 19)).isSameAs(kept);
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
