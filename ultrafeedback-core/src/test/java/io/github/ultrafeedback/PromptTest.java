package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.chat.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PromptTest {
    private static final Message USER = Message.user("q");
    private static final Message SYSTEM = Message.system("s");
    private static final Message ASSISTANT = Message.assistant("a");

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("at least one character, got none", () -> Prompt.of("")),
                wrong("at least one character, got none", () -> Prompt.of("s", "")),
                wrong("at least one character, got none", () -> Prompt.raw("")),
                wrong("at least one user message, got none", () -> Prompt.chat(List.of())),
                wrong("end with a user message, got one by assistant", () -> Prompt.chat(List.of(USER, ASSISTANT))),
                wrong("end with a user message, got one by system", () -> Prompt.chat(List.of(SYSTEM))),
                wrong("only at index 0, got one at index 1", () -> Prompt.chat(List.of(USER, SYSTEM, USER))),
                wrong("only at index 0, got one at index 1", () -> Prompt.chat(List.of(SYSTEM, SYSTEM, USER))));
    }

    private static Arguments wrong(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatNoModelCanAnswerIsRefused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void textIsNeverTrimmed() {
        assertThat(Prompt.of("  q\n").messages()).containsExactly(Message.user("  q\n"));
        assertThat(Prompt.raw(" ").rawText()).isEqualTo(" ");
        assertThat(Prompt.of("", "q").messages()).containsExactly(Message.system(""), USER);
    }

    @Test
    void aRawPromptHasNoMessagesAndAChatNoRawText() {
        assertThat(Prompt.raw("x").isRaw()).isTrue();
        assertThat(Prompt.raw("x").messages()).isEmpty();
        assertThat(Prompt.of("x").isRaw()).isFalse();
        assertThat(Prompt.of("x").rawText()).isNull();
    }

    @Test
    void equalPromptsHaveEqualIdsAndTexts() {
        assertThat(Prompt.of("x")).isEqualTo(Prompt.of("x")).hasSameHashCodeAs(Prompt.of("x"));
        assertThat(Prompt.of("x")).isNotEqualTo(Prompt.of("y")).isNotEqualTo(Prompt.raw("x"));
        assertThat(Prompt.of("x")).isNotEqualTo(Prompt.of("x").withId("1")).isNotEqualTo("x");
        assertThat(Prompt.of("x").withId("1").withId(null)).isEqualTo(Prompt.of("x"));
        assertThat(Prompt.of("x").withId("1").id()).isEqualTo("1");
    }

    @Test
    void laterChangesOfTheCallersListDoNotReachThePrompt() {
        List<Message> turns = new ArrayList<>(List.of(USER));
        Prompt prompt = Prompt.chat(turns);
        turns.add(ASSISTANT);
        assertThat(prompt.messages()).containsExactly(USER);
    }
}
