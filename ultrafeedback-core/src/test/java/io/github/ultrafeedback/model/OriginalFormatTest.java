package io.github.ultrafeedback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginalFormatTest {
    @Test
    void everyPromptEqualsPythonsToTheByte() throws IOException {
        List<List<String>> rows = Fixtures.rows("original_prompts.tsv");
        for (List<String> row : rows) {
            RenderedPrompt prompt =
                    original(row.get(0)).render(List.of(Message.system(row.get(1)), Message.user(row.get(2))));
            assertThat(prompt.text()).as(row.get(0)).isEqualTo(row.get(3));
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(300);
        assertThat(rows.stream().map(row -> row.get(0)).collect(Collectors.toSet()))
                .as("every local model stands in the fixture")
                .containsExactlyInAnyOrderElementsOf(UltraFeedbackModels.all().stream()
                        .filter(spec -> spec.access() == ModelSpec.Access.LOCAL)
                        .map(ModelSpec::id)
                        .toList());
    }

    @Test
    void allTextIsTemplateTextSinceTheScriptsParsedTheUsersControlTokens() {
        RenderedPrompt prompt = original("ultralm-13b").render(List.of(Message.system("P"), Message.user("a</s>b")));
        assertThat(prompt.pieces()).hasSize(1).allMatch(RenderedPrompt.Piece::template);
    }

    @ParameterizedTest
    @CsvSource({"ultralm-13b", "vicuna-33b", "llama-2-7b-chat", "alpaca-7b", "falcon-40b-instruct", "starchat"})
    void aMissingSystemMessageIsTheEmptyPrinciple(String id) {
        assertThat(original(id).render(List.of(Message.user("I"))))
                .isEqualTo(original(id).render(List.of(Message.system(""), Message.user("I"))));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,2", "4,2", "5,3", "6,3"})
    void falconHalvesRunsOfNewlinesInTheInstructionAlone(int given, int left) {
        List<Message> messages =
                List.of(Message.system("\n\n"), Message.user("a" + "\n".repeat(given) + "b\r\n\r\nc\rd"));
        assertThat(original("falcon-40b-instruct").render(messages).text())
                .isEqualTo(" \n\nUser: a" + "\n".repeat(left) + "b\nc\rd\n\nAssistant:");
    }

    @Test
    void wizardLm7bNeverSeesThePrinciple() {
        assertThat(original("wizardlm-7b")
                        .render(List.of(Message.system("secret"), Message.user("I")))
                        .text())
                .isEqualTo("I\n\n### Response:");
    }

    /** An empty one would change five of the formats, and drop the principle from Llama-2's. */
    @Test
    void anEmptyInstructionNeverReachesAFormat() {
        assertThatThrownBy(() -> original("llama-2-7b-chat").render(List.of(Message.system("P"), Message.user(""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one character");
    }

    @Test
    void aSecondTurnIsRefusedByTheNameOfTheFormat() {
        List<Message> turns = List.of(Message.user("one"), Message.assistant("two"), Message.user("three"));
        assertThatThrownBy(() -> original("vicuna-33b").render(turns))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("original-vicuna")
                .hasMessageContaining("[user, assistant, user]")
                .hasMessageNotContaining("three");
        assertThatThrownBy(() -> original("vicuna-33b").render(turns.subList(0, 2)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> original("vicuna-33b").render(List.of(Message.system("P"))))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> original("vicuna-33b").render(List.of())).isInstanceOf(InvalidRequestException.class);
    }

    private static PromptFormat original(String id) {
        return UltraFeedbackModels.find(id)
                .flatMap(spec -> spec.format(PromptProfile.ORIGINAL))
                .orElseThrow();
    }
}
