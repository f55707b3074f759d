package io.github.ultrafeedback.model;

import static io.github.ultrafeedback.model.PostProcessing.ORIGINAL_API;
import static io.github.ultrafeedback.model.PostProcessing.ORIGINAL_HUGGING_FACE;
import static io.github.ultrafeedback.model.PostProcessing.ORIGINAL_VLLM;
import static io.github.ultrafeedback.model.PostProcessing.SANE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostProcessingTest {
    /** What CPython 3.11 answers to {@code [c for c in range(0x110000) if chr(c).isspace()]}. */
    private static final int[] PYTHON_SPACES = {
        9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 133, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200,
        8201, 8202, 8232, 8233, 8239, 8287, 12288
    };

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "Hello world.</s>|Hello world.",
                "Paris|Pari",
                "the class|the cla",
                "x > y >|x > y",
                "Confidence: 80%|Confidence: 80%",
                "ss</s>|''",
                "<b>bold</b>|<b>bold</b",
                "1. apples\\n2. pears|1. apples\\n2. pear",
                "new ArrayList<>|new ArrayList",
                "ends with s\\n|ends with",
                "yes|ye",
                "</div>|</div",
                "success|succe",
                " S |S",
                "\\n\\n\\n\\n a|a",
                "a .|a ."
            })
    void vllmStripsACharacterSetWhereItMeantATag(String raw, String stored) {
        assertThat(ORIGINAL_VLLM.apply(raw.translateEscapes())).isEqualTo(stored.translateEscapes());
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\\n\\n  a\\n\\n\\n\\nb|a",
                "a\\n\\n\\nb|a\\n\\n\\nb",
                "a\\n\\n\\n\\n\\nb\\n\\n\\n\\nc|a",
                "a \\n\\n\\n\\nb|a",
                "a\\r\\n\\r\\n\\r\\n\\r\\nb|a\\r\\n\\r\\n\\r\\n\\r\\nb",
                "a\\n\\n \\n\\nb|a\\n\\n \\n\\nb",
                "\\n \\n\\n\\n\\n|\"\"",
                "Yes .|Yes.",
                "so ? no ! a , b|so? no! a, b",
                "the ' word|the'word",
                "do n't I 'm it 's we 've you 're|don't I'm it's we've you're",
                "a ' 's|a''s",
                "Paris</s>|Paris</s>"
            })
    void thePipelineCleansSpacesAndCutsAtFourNewlines(String raw, String stored) {
        assertThat(ORIGINAL_HUGGING_FACE.apply(raw.translateEscapes())).isEqualTo(stored.translateEscapes());
    }

    @Test
    void theApiStoresWhatItGot() {
        assertThat(ORIGINAL_API.apply(" a .\n\n\n\nb</s> ", "</s>")).isEqualTo(" a .\n\n\n\nb</s> ");
    }

    @Test
    void saneRemovesOneExactEndTextAndTheWhiteSpaceAround() {
        assertThat(SANE.apply(" Paris\n")).isEqualTo("Paris");
        assertThat(SANE.apply(" Paris</s>")).isEqualTo("Paris</s>");
        assertThat(SANE.apply(" Paris </s>", "</s>")).isEqualTo("Paris");
        assertThat(SANE.apply("Paris</s>\n", "</s>")).isEqualTo("Paris");
        assertThat(SANE.apply("<s>x</s></s>", "</s>")).isEqualTo("<s>x</s>");
        assertThat(SANE.apply("a .\n\n\n\nb", "</s>")).isEqualTo("a .\n\n\n\nb");
        assertThat(SANE.apply("</s>", "</s>")).isEmpty();
    }

    @Test
    void whiteSpaceIsPythonsNotJavas() {
        StringBuilder stripped = new StringBuilder();
        for (int c = 0; c <= 0xffff; c++) {
            if (SANE.apply("a" + (char) c).equals("a")) {
                stripped.append((char) c);
            }
        }
        assertThat(stripped.chars().toArray()).isEqualTo(PYTHON_SPACES);
        for (PostProcessing processing : new PostProcessing[] {SANE, ORIGINAL_HUGGING_FACE, ORIGINAL_VLLM}) {
            assertThat(processing.apply("\u00a0\u0085a\u200b\u2007\u202f")).isEqualTo("a\u200b");
        }
    }

    @Test
    void eachBackendHasItsOwn() {
        assertThat(OriginalBackend.API.postProcessing()).isEqualTo(ORIGINAL_API);
        assertThat(OriginalBackend.HUGGING_FACE.postProcessing()).isEqualTo(ORIGINAL_HUGGING_FACE);
        assertThat(OriginalBackend.VLLM.postProcessing()).isEqualTo(ORIGINAL_VLLM);
    }
}
