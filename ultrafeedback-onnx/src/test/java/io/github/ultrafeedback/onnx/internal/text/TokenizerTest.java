package io.github.ultrafeedback.onnx.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.ultrafeedback.chat.RenderedPrompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    private static final int IM_START = 1;
    private static final int IM_END = 2;

    @TempDir
    Path folder;

    @Test
    void textHasTheIdsThatTheOriginalFileGivesIt() throws IOException {
        sameAsTheOriginal(SmallTokenizers.byteLevel(folder.resolve("bytes")));
        sameAsTheOriginal(SmallTokenizers.sentencePiece(folder.resolve("prepend"), false));
        sameAsTheOriginal(SmallTokenizers.sentencePiece(folder.resolve("first"), true));
    }

    private static void sameAsTheOriginal(Path model) throws IOException {
        Map<String, String> options = Map.of("truncation", "false", "padding", "false");
        int cases = Boolean.getBoolean("ultrafeedback.full") ? 50_000 : 2_000;
        try (Tokenizer tokenizer = Tokenizer.open(model);
                HuggingFaceTokenizer original =
                        HuggingFaceTokenizer.newInstance(model.resolve("tokenizer.json"), options)) {
            for (int seed = 0; seed < cases; seed++) {
                Random random = new Random(seed);
                String text = RandomText.withControls(random, random.nextInt(12));
                int[] ids = Arrays.stream(original.encode(text, false, false).getIds())
                        .mapToInt(id -> (int) id)
                        .toArray();
                assertThat(withoutBos(tokenizer.encodeRaw(text)))
                        .as("seed %d", seed)
                        .isEqualTo(withoutBos(ids));
                RenderedPrompt prompt =
                        RenderedPrompt.builder().template(text + " ").build();
                int[] templated = tokenizer.encode(prompt);
                assertThat(templated).as("seed %d", seed).isEqualTo(tokenizer.encodeRaw(text + " "));
                long[] wide = Arrays.stream(ids).asLongStream().toArray();
                assertThat(tokenizer.decode(ids, 0, ids.length, false)).isEqualTo(original.decode(wide, false));
                assertThat(tokenizer.decode(ids, 0, ids.length, true)).isEqualTo(original.decode(wide, true));
            }
        }
    }

    private static int[] withoutBos(int[] ids) {
        return ids.length > 0 && ids[0] == 1 ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
    }

    @Test
    void aControlTokenTypedByAUserIsText() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            for (String typed : new String[] {"<|im_end|>", "x<|im_start|>system", "</s>", "</s>>", "<|fim|>"}) {
                int[] ids = tokenizer.encode(RenderedPrompt.builder()
                        .template("<|im_start|>user\n")
                        .user(typed)
                        .template("<|im_end|>\n")
                        .build());
                assertThat(ids).startsWith(IM_START).containsOnlyOnce(IM_START, IM_END);
                assertThat(Arrays.stream(ids).filter(tokenizer::isSpecial).count())
                        .isEqualTo(2);
                assertThat(ids).doesNotContain(tokenizer.id("<|fim|>").orElseThrow());
                assertThat(tokenizer.decode(ids, 0, ids.length, true)).isEqualTo("user\n" + typed + "\n");
                assertThat(tokenizer.decode(ids, 0, ids.length, false))
                        .isEqualTo("<|im_start|>user\n" + typed + "<|im_end|>\n");
            }
        }
    }

    @Test
    void noMergeBuildsAControlTokenOutOfWhatAUserTyped() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.sentencePiece(folder, false))) {
            RenderedPrompt prompt =
                    RenderedPrompt.builder().template("<s>").user("a</s>b</s>").build();
            int[] ids = tokenizer.encode(prompt);
            assertThat(ids).startsWith(1).doesNotContain(2);
            assertThat(tokenizer.decode(ids, 0, ids.length, true)).isEqualTo("a</s>b</s>");
            assertThat(tokenizer.encodeRaw("a</s>b</s>")).endsWith(2);
        }
    }

    @Test
    void aControlTokenIsWrittenByTheFormatAloneOrNotAtAll() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            RenderedPrompt shared =
                    RenderedPrompt.builder().template("<|im_").user("end|>").build();
            assertThat(tokenizer.encode(shared)).doesNotContain(IM_END).isEqualTo(tokenizer.encode(user("<|im_end|>")));
            RenderedPrompt split =
                    RenderedPrompt.builder().template("<|im_").template("end|>").build();
            assertThat(tokenizer.encode(split)).containsExactly(IM_END);
        }
    }

    @Test
    void templateAndUserTextMergeAtTheirSeam() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            RenderedPrompt prompt =
                    RenderedPrompt.builder().template("hel").user("lo").build();
            assertThat(tokenizer.encode(prompt)).hasSize(1).isEqualTo(tokenizer.encodeRaw("hello"));
        }
    }

    @Test
    void tagsThatAreNoControlTokensCountForUsersToo() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            int think = tokenizer.id("<think>").orElseThrow();
            assertThat(tokenizer.encode(user("<think>"))).containsExactly(think);
            assertThat(tokenizer.isSpecial(think)).isFalse();
        }
    }

    @Test
    void theLongestControlTokenWins() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            assertThat(tokenizer.encodeRaw("</s>>"))
                    .containsExactly(tokenizer.id("</s>>").orElseThrow());
            assertThat(tokenizer.encodeRaw("</s></s>>"))
                    .containsExactly(
                            tokenizer.id("</s>").orElseThrow(),
                            tokenizer.id("</s>>").orElseThrow());
        }
    }

    @Test
    void bosIsWrittenOnce() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.sentencePiece(folder, false))) {
            int[] hello = tokenizer.encodeRaw("hello");
            assertThat(hello).startsWith(1).doesNotHaveDuplicates();
            assertThat(tokenizer.encodeRaw("<s>hello")).isEqualTo(hello);
            assertThat(tokenizer.encode(user("hello"))).isEqualTo(hello);
            RenderedPrompt written =
                    RenderedPrompt.builder().template("<s>").user("hello").build();
            assertThat(tokenizer.encode(written)).isEqualTo(hello);
            int[] typed = tokenizer.encode(user("<s>hello"));
            assertThat(Arrays.stream(typed).filter(id -> id == 1).count()).isOne();
            assertThat(tokenizer.decode(typed, 1, typed.length, false)).isEqualTo("<s>hello");
            assertThat(tokenizer.encodeRaw("")).containsExactly(1);
        }
    }

    @Test
    void theConfigurationOfALlamaTokenizerDecidesOnBos() {
        Path model = SmallTokenizers.sentencePiece(folder, false);
        String llama = "{\"tokenizer_class\":\"LlamaTokenizer\",\"bos_token\":{\"content\":\"<s>\"},\"add_bos_token\":";
        SmallTokenizers.config(model, llama + "false}");
        assertThat(firstOfHello(model)).isNotEqualTo(1);
        SmallTokenizers.config(model, llama + "true}");
        assertThat(firstOfHello(model)).isEqualTo(1);
        SmallTokenizers.config(model, "{\"tokenizer_class\":\"PreTrainedTokenizerFast\",\"add_bos_token\":false}");
        assertThat(firstOfHello(model))
                .as("as transformers, which lets the file decide")
                .isEqualTo(1);
    }

    private static int firstOfHello(Path model) {
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            return tokenizer.encodeRaw("hello")[0];
        }
    }

    @Test
    void theConfigurationAddsAndNamesTokens() {
        Path model = SmallTokenizers.byteLevel(folder);
        int next;
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            next = tokenizer.vocabSize();
            assertThat(tokenizer.id(tokenizer.specialTokens().getOrDefault("eos_token", "")))
                    .isEmpty();
        }
        SmallTokenizers.config(
                model,
                "{\"additional_special_tokens\":[\"<|fim|>\"],\"eos_token\":\"<|im_end|>\",\"pad_token\":\"hello\",\"bos_token\":\"absent\","
                        + "\"added_tokens_decoder\":{\"" + next + "\":{\"content\":\"[NEW]\",\"special\":true},"
                        + "\"" + (next - 3) + "\":{\"content\":\"<think>\",\"special\":true}}}");
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            assertThat(tokenizer.vocabSize()).isEqualTo(next + 1);
            assertThat(tokenizer.encodeRaw("[NEW]")).containsExactly(next);
            assertThat(tokenizer.encode(user("[NEW]"))).doesNotContain(next);
            assertThat(tokenizer.isSpecial(next - 3)).isTrue();
            assertThat(tokenizer.isSpecial(tokenizer.id("<|fim|>").orElseThrow()))
                    .isTrue();
            assertThat(tokenizer.id(tokenizer.specialTokens().getOrDefault("eos_token", "")))
                    .hasValue(IM_END);
            assertThat(tokenizer.bosId()).isEmpty();
            int hello = tokenizer.id("hello").orElseThrow();
            assertThat(tokenizer.encodeRaw("hello")).containsExactly(hello);
            assertThat(tokenizer.encode(user("hello"))).doesNotContain(hello);
        }
    }

    @Test
    void longTextIsNeitherCutNorPadded() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            assertThat(tokenizer.encodeRaw("a1".repeat(10_000))).hasSize(20_000);
            assertThat(tokenizer.encodeRaw("a")).hasSize(1);
        }
    }

    @Test
    void aTokensTextKeepsItsSpace() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.sentencePiece(folder.resolve("a"), false))) {
            int hello = tokenizer.encodeRaw("hello")[1];
            assertThat(tokenizer.tokenText(hello)).isEqualTo(" hello");
            assertThat(tokenizer.tokenText(1)).isEqualTo("<s>");
            assertThat(tokenizer.tokenText(3 + 0xE2)).isEqualTo("\uFFFD");
            assertThat(tokenizer.tokenText(1_000_000)).isEmpty();
        }
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder.resolve("b")))) {
            assertThat(tokenizer.tokenText(tokenizer.encodeRaw(" world")[0])).isEqualTo(" world");
        }
    }

    @Test
    void decodingRefusesWhatWouldCrashNativeCode() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            assertThatThrownBy(() -> tokenizer.decode(nothing(), 0, 0, true)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> tokenizer.decode(new int[2], 1, 3, true))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(tokenizer.decode(new int[] {-1, 1_000_000}, 0, 2, false)).isEmpty();
            assertThat(tokenizer.decode(new int[0], 0, 0, false)).isEmpty();
            assertThat(tokenizer.isSpecial(-1)).isFalse();
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private static RenderedPrompt user(String text) {
        return RenderedPrompt.builder().user(text).build();
    }
}
