package io.github.ultrafeedback.onnx.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetokenizerTest {
    private static final int CASES = Boolean.getBoolean("ultrafeedback.full") ? 50_000 : 2_000;

    @TempDir
    Path folder;

    @Test
    void streamedTextIsTheTextDecodedAtOnce() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder.resolve("bytes")))) {
            compareRandomTexts(tokenizer);
        }
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.sentencePiece(folder.resolve("pieces"), false))) {
            compareRandomTexts(tokenizer);
        }
    }

    private static void compareRandomTexts(Tokenizer tokenizer) {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int[] ids = tokenizer.encodeRaw(RandomText.withControls(random, random.nextInt(20)));
            boolean skip = random.nextBoolean();
            // The prompt ends with a whole character, as prompts do.
            int split = random.nextInt(ids.length + 1);
            while (tokenizer.decode(ids, 0, split, skip).endsWith("\uFFFD")) {
                split--;
            }
            String prompt = tokenizer.decode(ids, 0, split, skip);
            String whole = tokenizer.decode(ids, 0, ids.length, skip);
            Detokenizer detokenizer = new Detokenizer(tokenizer, Arrays.copyOf(ids, split), skip);
            StringBuilder text = new StringBuilder();
            for (int i = split; i < ids.length; i++) {
                String delta = detokenizer.append(ids[i]);
                assertWhole(delta, seed);
                text.append(delta);
            }
            text.append(detokenizer.flush());
            assertThat(prompt + text).as("seed %d", seed).isEqualTo(whole);
        }
    }

    private static void assertWhole(String delta, int seed) {
        if (!delta.isEmpty()) {
            assertThat(Character.isLowSurrogate(delta.charAt(0)))
                    .as("seed %d", seed)
                    .isFalse();
            char last = delta.charAt(delta.length() - 1);
            assertThat(Character.isHighSurrogate(last) || last == '\uFFFD')
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    @Test
    void anyTokensOfAByteLevelModelGiveTheTextDecodedAtOnce() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            for (int seed = 0; seed < CASES; seed++) {
                Random random = new Random(seed);
                int[] ids = random.ints(random.nextInt(60), 3, 260).toArray();
                Detokenizer detokenizer = new Detokenizer(tokenizer, new int[0], true);
                StringBuilder text = new StringBuilder();
                for (int id : ids) {
                    text.append(detokenizer.append(id));
                }
                String whole = tokenizer.decode(ids, 0, ids.length, true);
                assertThat(text + detokenizer.flush()).as("seed %d", seed).isEqualTo(whole);
            }
        }
    }

    @Test
    void aCharacterBehindManyBrokenOnesIsNotTornApart() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            for (int broken = 0; broken < 40; broken++) {
                Detokenizer detokenizer = new Detokenizer(tokenizer, new int[0], true);
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < broken; i++) {
                    text.append(detokenizer.append(3 + 0xFF));
                }
                for (int b : new int[] {0xF0, 0x9F, 0x98, 0x80}) {
                    text.append(detokenizer.append(3 + b));
                }
                assertThat(text.toString()).isEqualTo("\uFFFD".repeat(broken) + "\uD83D\uDE00");
            }
        }
    }

    @Test
    void theFirstTokenKeepsItsSpaceBehindAPromptAndLosesItWithoutOne() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.sentencePiece(folder, false))) {
            int world = tokenizer.encodeRaw("world")[1];
            assertThat(new Detokenizer(tokenizer, tokenizer.encodeRaw("hello"), true).append(world))
                    .isEqualTo(" world");
            assertThat(new Detokenizer(tokenizer, new int[] {1}, true).append(world))
                    .isEqualTo("world");
        }
    }

    @Test
    void theWindowStartsWithAWholeCharacterOfThePrompt() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.sentencePiece(folder, false))) {
            int[] ids = tokenizer.encodeRaw("a\u4F60\u597D\u4F60\u597D\u00E9");
            int[] prompt = Arrays.copyOf(ids, ids.length - 2);
            Detokenizer detokenizer = new Detokenizer(tokenizer, prompt, true);
            assertThat(detokenizer.append(ids[ids.length - 2])).isEmpty();
            assertThat(detokenizer.append(ids[ids.length - 1])).isEqualTo("\u00E9");
        }
    }

    @Test
    void aCharacterComesWhenItsLastTokenIsThere() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            int[] ids = tokenizer.encodeRaw("a\u4F60!");
            assertThat(ids).hasSize(5);
            Detokenizer detokenizer = new Detokenizer(tokenizer, new int[0], true);
            assertThat(detokenizer.append(ids[0])).isEqualTo("a");
            assertThat(detokenizer.append(ids[1]) + detokenizer.append(ids[2])).isEmpty();
            assertThat(detokenizer.append(ids[3])).isEqualTo("\u4F60");
            assertThat(detokenizer.append(ids[1])).isEmpty();
            assertThat(detokenizer.flush()).isEqualTo("\uFFFD");
            assertThat(detokenizer.flush()).isEmpty();
        }
    }

    @Test
    void textThatNeverBecomesWholeIsNotHeldBackForEver() {
        for (boolean bytes : new boolean[] {true, false}) {
            Path model = folder.resolve("bytes-" + bytes);
            try (Tokenizer tokenizer = Tokenizer.open(
                    bytes ? SmallTokenizers.byteLevel(model) : SmallTokenizers.sentencePiece(model, false))) {
                Detokenizer detokenizer = new Detokenizer(tokenizer, tokenizer.encodeRaw("\uD83D\uDE00"), true);
                int stray = 3 + 0xFF;
                int length = 0;
                for (int i = 1; i <= 1_000; i++) {
                    length += detokenizer.append(stray).length();
                    assertThat(length).isGreaterThanOrEqualTo(i - Detokenizer.MAX_HELD - 4);
                    assertThat(detokenizer.windowLength()).isLessThanOrEqualTo(3 * Detokenizer.MAX_HELD);
                }
            }
        }
    }

    @Test
    void theWindowStaysShort() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            int[] ids = tokenizer.encodeRaw("hello \u4F60\u597D \uD83D\uDE00 world</s>".repeat(200));
            Detokenizer detokenizer = new Detokenizer(tokenizer, new int[0], false);
            for (int id : ids) {
                detokenizer.append(id);
                assertThat(detokenizer.windowLength()).isLessThan(12);
            }
        }
    }

    @Test
    void skippedTokensAndUnknownIdsGiveNoText() {
        try (Tokenizer tokenizer = Tokenizer.open(SmallTokenizers.byteLevel(folder))) {
            Detokenizer skipping = new Detokenizer(tokenizer, new int[] {1}, true);
            Detokenizer keeping = new Detokenizer(tokenizer, new int[] {1}, false);
            for (int id : new int[] {2, -1, tokenizer.vocabSize()}) {
                assertThat(skipping.append(id)).isEmpty();
            }
            assertThat(keeping.append(2)).isEqualTo("<|im_end|>");
            assertThat(keeping.append(tokenizer.vocabSize())).isEmpty();
            assertThat(skipping.flush() + keeping.flush()).isEmpty();
        }
    }
}
