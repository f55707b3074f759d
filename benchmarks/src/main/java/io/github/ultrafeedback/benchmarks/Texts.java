package io.github.ultrafeedback.benchmarks;

import io.github.ultrafeedback.onnx.internal.text.Tokenizer;
import java.util.List;
import java.util.Random;

/** Plain sentences of a wanted number of tokens. */
final class Texts {
    private static final List<String> WHO =
            List.of("The fox", "An old king", "My sister", "A young cook", "The captain", "Our teacher", "A small dog");
    private static final List<String> DOES = List.of(
            " looks for", " has lost", " wants to buy", " paints", " writes about", " is afraid of", " repairs");
    private static final List<String> WHAT = List.of(
            " the clock", " a red boat", " the long road", " a letter", " the garden", " an old song", " bread");
    private static final List<String> WHERE =
            List.of(" near the river.", " in winter.", " at night.", " before the meeting.", " with a friend.");

    private Texts() {}

    /** A text of {@code tokens} tokens, or one less where the next word has two. */
    static String ofTokens(Tokenizer tokenizer, Random random, int tokens) {
        StringBuilder sentences = new StringBuilder();
        for (int words = 0; words < tokens; words += 4) {
            sentences
                    .append(sentences.isEmpty() ? "" : " ")
                    .append(pick(WHO, random))
                    .append(pick(DOES, random))
                    .append(pick(WHAT, random))
                    .append(pick(WHERE, random));
        }
        String text = sentences.toString();
        int[] ids = tokenizer.encodeRaw(text);
        while (ids.length > tokens) { // a word has a token at least
            for (int i = Math.max(1, (ids.length - tokens) / 4); i > 0; i--) {
                text = text.substring(0, text.lastIndexOf(' '));
            }
            ids = tokenizer.encodeRaw(text);
        }
        return text;
    }

    private static String pick(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
