package io.github.ultrafeedback.onnx.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.chat.RenderedPrompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The less common members of a {@code tokenizer.json}. */
class TokenizerFileTest {
    private static final String TEMPLATE = "{\"type\":\"TemplateProcessing\",\"single\":["
            + "{\"SpecialToken\":{\"id\":\"[g]\"}},{\"SpecialToken\":{\"id\":\"[s]\"}},{\"Sequence\":{\"id\":\"A\"}},"
            + "{\"SpecialToken\":{\"id\":\"[e]\"}}],\"special_tokens\":{\"[g]\":{\"ids\":[7]},\"[s]\":{\"ids\":[8,9]},"
            + "\"[e]\":{\"ids\":[2]}}}";

    @TempDir
    Path folder;

    @Test
    void thePrefixIsWhatTheTemplatePutsBeforeTheText() throws IOException {
        assertThat(prefix("null")).isEmpty();
        assertThat(prefix("{\"type\":\"ByteLevel\"}")).isEmpty();
        assertThat(prefix(TEMPLATE)).containsExactly(7, 8, 9);
        String sequence = "{\"type\":\"Sequence\",\"processors\":[{\"type\":\"ByteLevel\"}," + TEMPLATE + "]}";
        assertThat(prefix(sequence)).containsExactly(7, 8, 9);
        assertThat(prefix("{\"type\":\"RobertaProcessing\",\"sep\":[\"</s>\",2],\"cls\":[\"<s>\",5]}"))
                .containsExactly(5);
    }

    private static int[] prefix(String processor) throws IOException {
        String json = "{\"post_processor\":" + processor + ",\"model\":{\"vocab\":{\"a\":0}}}";
        return TokenizerFile.read(json.getBytes(StandardCharsets.UTF_8), Set.of())
                .templatePrefix();
    }

    @Test
    void aUnigramModelKeepsUsersFromItsControlTokensToo() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"added_tokens\":[{\"id\":1,\"content\":\"</s>\",\"special\":true,\"normalized\":true,"
                        + "\"single_word\":true,\"lstrip\":false,\"rstrip\":false}],"
                        + "\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0],[\"</s>\",0.0],"
                        + "[\"a\",-1.5],[\"<\",-2.5],[\"/\",-2.5],[\"s\",-2.5],[\">\",-2.5]]}}");
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"eos_token\":{\"content\":\"</s>\"}}");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThat(tokenizer.vocabSize()).isEqualTo(7);
            assertThat(tokenizer.id(tokenizer.specialTokens().getOrDefault("eos_token", "")))
                    .hasValue(1);
            assertThat(tokenizer.encodeRaw("a</s>a")).containsExactly(2, 1, 2);
            RenderedPrompt typed = RenderedPrompt.builder().user("a</s>a").build();
            assertThat(tokenizer.encode(typed)).containsExactly(2, 3, 4, 5, 6, 2);
        }
    }
}
