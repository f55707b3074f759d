package io.github.ultrafeedback.onnx.internal.text;

import java.util.Arrays;

/**
 * Turns the tokens of one choice into text as they come: whole characters only, and joined the same text as decoding
 * all tokens at once.
 *
 * <p>A token's text depends on its neighbours: a character may be spread over several tokens, and some decoders strip
 * the space of the first one. So a window of the last tokens is decoded, and what the window has grown by is the new
 * text. The window starts in the prompt, so that the first token keeps its space; it starts anew at each token after
 * which the text was whole (the prefix and read offsets of vLLM and Hugging Face), so the cost of a token does not
 * depend on the length of the text. Text that ends in U+FFFD is held back, for the next token may complete it; after
 * {@value #MAX_HELD} tokens it is taken for what the model said, but for the last characters. Not thread-safe.
 */
public final class Detokenizer {
    private static final char REPLACEMENT = '\uFFFD';
    /** Tokens of the prompt that the window starts with, as in vLLM. */
    private static final int PRIMING = 5;
    /** More of them are taken where the window would otherwise start within a character. */
    private static final int MAX_PRIMING = 16;
    /** A character has at most four tokens; a chain of tokens that each end within one is rarely longer than this. */
    static final int MAX_HELD = 16;
    /** Of a trailing run of U+FFFD, at most so many can still become one character of four bytes. */
    private static final int MAX_PARTIAL = 3;

    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;
    private int[] window = new int[64];
    private int length;
    /** Tokens of the window that the text was whole after. */
    private int read;
    /** Characters of the window's text that have been given out or belong to the prompt. */
    private int emitted;

    /**
     * Starts behind a prompt.
     *
     * @param tokenizer the model's tokenizer, to be closed after the last call
     * @param promptIds the prompt; only the last few are looked at, none is kept
     * @param skipSpecialTokens whether special tokens give no text
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the tokenizer is closed
     */
    public Detokenizer(Tokenizer tokenizer, int[] promptIds, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
        prime(promptIds);
    }

    private void prime(int[] promptIds) {
        int start = MAX_PRIMING;
        for (int i = promptIds.length - 1; i >= 0 && start > 0; i--) {
            if (hasText(promptIds[i])) {
                window[--start] = promptIds[i];
            }
        }
        int from = Math.max(start, MAX_PRIMING - PRIMING);
        while (from > start
                && tokenizer
                                .decode(window, from, MAX_PRIMING, skipSpecialTokens)
                                .indexOf(REPLACEMENT)
                        == 0) {
            from--;
        }
        length = MAX_PRIMING;
        startAt(from, 0);
    }

    /**
     * Takes the next token.
     *
     * @param id its id; one that no token has gives no text
     * @return the text that is now certain, often empty
     * @throws IllegalStateException if the tokenizer is closed
     */
    public String append(int id) {
        if (!hasText(id)) {
            return "";
        }
        if (length == window.length) {
            window = Arrays.copyOf(window, 2 * length);
        }
        window[length++] = id;
        String text = text();
        int partial = trailingReplacements(text);
        if (partial > 0 && length - read <= MAX_HELD) {
            return "";
        }
        return emit(text, Math.min(partial, MAX_PARTIAL));
    }

    /**
     * Ends the text.
     *
     * @return what was held back; U+FFFD where the tokens end within a character
     * @throws IllegalStateException if the tokenizer is closed
     */
    public String flush() {
        return emit(text(), 0);
    }

    private String emit(String text, int held) {
        int end = text.length() - held;
        String delta = end > emitted ? text.substring(emitted, end) : "";
        startAt(read, held);
        return delta;
    }

    /** Drops the tokens before {@code from} and takes all the others as read, but for some characters at the end. */
    private void startAt(int from, int held) {
        System.arraycopy(window, from, window, 0, length - from);
        length -= from;
        read = length;
        emitted = text().length() - held;
    }

    /** Tokens that the next call decodes, but for its own. */
    int windowLength() {
        return length;
    }

    private String text() {
        return tokenizer.decode(window, 0, length, skipSpecialTokens);
    }

    private boolean hasText(int id) {
        return id >= 0 && id < tokenizer.vocabSize() && !(skipSpecialTokens && tokenizer.isSpecial(id));
    }

    private static int trailingReplacements(String text) {
        int count = 0;
        while (count < text.length() && text.charAt(text.length() - 1 - count) == REPLACEMENT) {
            count++;
        }
        return count;
    }
}
