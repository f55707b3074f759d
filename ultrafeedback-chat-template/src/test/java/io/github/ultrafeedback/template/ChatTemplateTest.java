package io.github.ultrafeedback.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChatTemplateTest {
    @Test
    void plainDataOfAllTypesIsRendered() {
        Map<String, Object> context = new HashMap<>();
        context.put("none", null);
        context.put(
                "data",
                List.of(true, 1, 2L, 2.5, 1.5f, BigInteger.TEN.pow(30), java.nio.CharBuffer.wrap("s"), (short) 3));

        assertThat(ChatTemplate.parse("{{ data }}{{ none }}").render(context))
                .isEqualTo("[True, 1, 2, 2.5, 1.5, 1000000000000000000000000000000, 's', 3]None");
    }

    @Test
    void anotherTypeInTheContextIsRefused() {
        ChatTemplate template = ChatTemplate.parse("{{ a }}");

        assertThatThrownBy(() -> template.render(Map.of("a", List.of(new Object()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> template.render(Map.of("a", Map.of(1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Integer");
    }

    @Test
    void textOfAMessageIsNeverEvaluated() {
        assertThat(ChatTemplate.parse("{{ a }}").render(Map.of("a", "{{ 7 * 7 }}{% if %}")))
                .isEqualTo("{{ 7 * 7 }}{% if %}");
    }

    @Test
    void theClockIsInjected() {
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

        assertThat(ChatTemplate.parse("{{ strftime_now('%d %b %Y %H:%M') }}")
                        .withClock(clock)
                        .render(Map.of()))
                .isEqualTo("02 Jan 2026 03:04");
    }

    @Test
    void aRefusalNamesTheTemplateAndItsMessage() {
        ChatTemplate template =
                ChatTemplate.parse("a\n  {{ raise_exception('Roles must ' ~ 'alternate') }}", "my/model");

        TemplateRaisedException raised =
                catchThrowableOfType(TemplateRaisedException.class, () -> template.render(Map.of()));
        assertThat(raised.raised()).isEqualTo("Roles must alternate");
        assertThat(raised.template()).isEqualTo("my/model");
        assertThat(raised.line()).isEqualTo(2);
        assertThat(raised).hasMessageContaining("my/model").hasMessageContaining("Roles must alternate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{% frobnicate %}!1!4!frobnicate",
                "{% do x %}!1!4!do",
                "ab {{ x|frobnicate }}!1!9!frobnicate",
                "{{ x is frobnicate }}!1!6!frobnicate",
                "{{ (1 }}!1!7!unexpected",
                "{{ 'open }}!1!4!string has no end",
                "{% if x %}!1!11!expected one of the tags",
                "{% for x in y %}{% endif %}!1!20!endif",
                "{{ f(a=1, a=2) }}!1!11!repeated",
                "{% break %}!1!4!outside loop"
            })
    void whatIsUnknownOrWrongIsASyntaxErrorWithItsPlace(String source, int line, int column, String words) {
        TemplateSyntaxException wrong =
                catchThrowableOfType(TemplateSyntaxException.class, () -> ChatTemplate.parse(source));

        assertThat(wrong.line()).isEqualTo(line);
        assertThat(wrong.column()).isEqualTo(column);
        assertThat(wrong).hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{{ 'a'.frobnicate() }}!18!no attribute",
                "{{ x.y.z }}!7!no attribute",
                "{{ 'a'|trim(1, 2) }}!8!trim",
                "{{ 'a'|trim(frob=1) }}!8!frob",
                "{{ 'a' + none }}!8!unsupported operand",
                "{{ x.update({}) }}!12!unsafe",
                "{{ [1].append(2) }}!14!unsafe",
                "{{ ''.__class__.mro }}!16!unsafe",
                "{% include 'x' %}!4!include",
                "{{ lipsum() }}!10!lipsum",
                "{{ 'a'|random }}!8!random"
            })
    void whatFailsInARenderingHasItsPlace(String source, int column, String words) {
        TemplateRenderException failed = catchThrowableOfType(
                TemplateRenderException.class, () -> ChatTemplate.parse(source).render(Map.of("x", Map.of())));

        assertThat(failed.line()).isEqualTo(1);
        assertThat(failed.column()).isEqualTo(column);
        assertThat(failed).hasMessageContaining(words);
    }

    @Test
    void oneTemplateServesManyThreads() {
        ChatTemplate template = ChatTemplate.parse(
                "{% set ns = namespace(s='') %}{% for i in range(50) %}{% set ns.s = ns.s ~ n %}{% endfor %}{{ ns.s }}");

        List<String> outputs = IntStream.range(0, 200)
                .parallel()
                .mapToObj(n -> template.render(Map.of("n", n)))
                .toList();

        assertThat(outputs)
                .isEqualTo(IntStream.range(0, 200)
                        .mapToObj(n -> ("" + n).repeat(50))
                        .toList());
    }

    @Test
    void aSourceParsedAgainIsTakenFromTheCache() {
        for (int i = 0; i < 200; i++) {
            assertThat(ChatTemplate.parse("{{ " + i % 100 + " }}").render(Map.of()))
                    .isEqualTo("" + i % 100);
        }
        assertThat(ChatTemplate.parse("x", "name")).hasToString("ChatTemplate[name]");
    }
}
