package io.github.ultrafeedback.onnx.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.chat.Message;
import io.github.ultrafeedback.chat.Role;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real chat templates with their tokenizers against {@code apply_chat_template} of transformers. Runs where the
 * property {@code ultrafeedback.tokenizers} names the folder that {@code tools/make_chat_fixtures.py} wrote.
 */
final class ChatFamiliesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> chatsGetTheIdsOfTransformersAndTypedControlTokensStayText() throws IOException {
        String folder = System.getProperty("ultrafeedback.tokenizers", "");
        if (folder.isEmpty()) {
            String why = "ultrafeedback.tokenizers names no folder; see tools/make_chat_fixtures.py";
            return Stream.of(DynamicTest.dynamicTest("skipped: " + why, () -> Assumptions.abort(why)));
        }
        try (Stream<Path> families = Files.list(Path.of(folder))) {
            List<Path> found = families.filter(f -> Files.exists(f.resolve("chat.json")))
                    .sorted()
                    .toList();
            assertThat(found).as("families with chats in %s", folder).hasSizeGreaterThanOrEqualTo(3);
            return found.stream()
                    .map(family -> DynamicTest.dynamicTest(family.getFileName().toString(), () -> check(family)));
        }
    }

    private static void check(Path family) throws IOException {
        JsonNode fixture = MAPPER.readTree(family.resolve("chat.json").toFile());
        String source = MAPPER.readTree(family.resolve("tokenizer_config.json").toFile())
                .get("chat_template")
                .asText();
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        try (Tokenizer tokenizer = Tokenizer.open(family)) {
            TemplateFormat format =
                    new TemplateFormat(ModelRef.parse("onnx:" + family), source, tokenizer.specialTokens(), Map.of());
            PromptEncoder encoder = new PromptEncoder(tokenizer, format);
            for (String kind : List.of("ordinary", "typed")) {
                for (JsonNode chat : fixture.get(kind)) {
                    compare(wrong, kind + " " + compared, format, encoder, chat);
                    compared++;
                }
            }
        }
        System.out.println(family.getFileName() + ": " + compared + " chats compared, " + wrong.size() + " differ");
        assertThat(compared).isGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    private static void compare(
            List<String> wrong, String name, TemplateFormat format, PromptEncoder encoder, JsonNode chat) {
        List<Message> messages = StreamSupport.stream(chat.get("messages").spliterator(), false)
                .map(ChatFamiliesTest::message)
                .toList();
        try {
            String text = format.render(messages).text();
            int[] ids = encoder.encode(Prompt.chat(messages));
            if (chat.has("error")) {
                wrong.add(name + ": transformers refuses it, and we do not");
            } else if (chat.has("text") && !text.equals(chat.get("text").asText())) {
                wrong.add(name + ": text " + text + " instead of " + chat.get("text"));
            } else if (!Arrays.equals(ids, ints(chat.get("ids")))) {
                wrong.add(name + ": ids " + Arrays.toString(ids) + " instead of " + chat.get("ids"));
            }
        } catch (InvalidRequestException e) {
            if (!chat.has("error")) {
                wrong.add(name + ": " + e.getMessage());
            }
        }
    }

    private static Message message(JsonNode turn) {
        return new Message(
                Role.valueOf(turn.get("role").asText().toUpperCase(Locale.ROOT)),
                turn.get("content").asText());
    }

    private static int[] ints(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
