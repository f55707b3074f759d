package io.github.ultrafeedback.onnx.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ultrafeedback.chat.RenderedPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real tokenizers against what transformers computed for them. Runs where the property {@code ultrafeedback.tokenizers}
 * names the folder that {@code tools/make_tokenizer_fixtures.py} wrote.
 */
class TokenizerFamiliesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> idsAndTextsAreThoseOfTransformers() throws IOException {
        String folder = System.getProperty("ultrafeedback.tokenizers", "");
        if (folder.isEmpty()) {
            String why = "ultrafeedback.tokenizers names no folder; see tools/make_tokenizer_fixtures.py";
            return Stream.of(DynamicTest.dynamicTest("skipped: " + why, () -> Assumptions.abort(why)));
        }
        try (Stream<Path> families = Files.list(Path.of(folder))) {
            List<Path> found = families.filter(f -> Files.exists(f.resolve("fixture.json")))
                    .sorted()
                    .toList();
            assertThat(found).as("families in %s", folder).hasSizeGreaterThanOrEqualTo(3);
            return found.stream()
                    .map(family -> DynamicTest.dynamicTest(family.getFileName().toString(), () -> check(family)));
        }
    }

    private static void check(Path family) throws IOException {
        JsonNode fixture = MAPPER.readTree(family.resolve("fixture.json").toFile());
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        try (Tokenizer tokenizer = Tokenizer.open(family)) {
            for (JsonNode raw : fixture.get("raw")) {
                String text = raw.get("text").asText();
                int[] ids = ints(raw.get("ids"));
                compare(wrong, "ids of raw", text, oneBos(ids, tokenizer), tokenizer.encodeRaw(text));
                String skipped = raw.get("skipped").asText();
                String kept = raw.get("kept").asText();
                compare(wrong, "decode", text, skipped, tokenizer.decode(ids, 0, ids.length, true));
                compare(wrong, "decode with specials", text, kept, tokenizer.decode(ids, 0, ids.length, false));
                compare(wrong, "stream", text, skipped, stream(tokenizer, ids, true));
                compare(wrong, "stream with specials", text, kept, stream(tokenizer, ids, false));
                compared += 5;
            }
            for (String kind : List.of("prompts", "typed")) {
                for (JsonNode prompt : fixture.get(kind)) {
                    RenderedPrompt rendered = prompt(prompt.get("pieces"));
                    compare(wrong, kind, rendered.text(), ints(prompt.get("ids")), tokenizer.encode(rendered));
                    compared++;
                }
            }
        }
        System.out.println(family.getFileName() + ": " + compared + " compared, " + wrong.size() + " differ");
        assertThat(wrong).isEmpty();
    }

    /** Transformers writes a second BOS in front of a text that starts with one; we do not, on purpose. */
    private static int[] oneBos(int[] ids, Tokenizer tokenizer) {
        int bos = tokenizer.bosId().orElse(-1);
        boolean twice = ids.length > 1 && ids[0] == bos && ids[1] == bos;
        return twice ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
    }

    private static String stream(Tokenizer tokenizer, int[] ids, boolean skip) {
        Detokenizer detokenizer = new Detokenizer(tokenizer, new int[0], skip);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(detokenizer.append(id));
        }
        return text.append(detokenizer.flush()).toString();
    }

    private static void compare(List<String> wrong, String what, String text, Object expected, Object actual) {
        if (!Objects.deepEquals(expected, actual)) {
            Object[] both = {expected, actual};
            wrong.add(what + " of \"" + text + "\", expected and actual: " + Arrays.deepToString(both));
        }
    }

    private static RenderedPrompt prompt(JsonNode pieces) {
        RenderedPrompt.Builder prompt = RenderedPrompt.builder();
        for (JsonNode piece : pieces) {
            String text = piece.get(0).asText();
            if (piece.get(1).asBoolean()) {
                prompt.template(text);
            } else {
                prompt.user(text);
            }
        }
        return prompt.build();
    }

    private static int[] ints(JsonNode list) {
        int[] ints = new int[list.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = list.get(i).asInt();
        }
        return ints;
    }
}
