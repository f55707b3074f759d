package io.github.ultrafeedback.onnx.internal.text;

import io.github.ultrafeedback.chat.RenderedPrompt;
import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Turns text into the tokens of one model and back, as Hugging Face transformers does, with one difference: a control
 * token such as {@code </s>} or {@code <|im_end|>} counts only where the prompt's format wrote it. Typed by a user it
 * is ordinary text.
 *
 * <p>Text and ids are those of the model's {@code tokenizer.json}, read by the original library through DJL; see
 * {@link ControlMarks} for how users' text is kept apart. Native memory is taken by {@link #open} and given back by
 * {@link #close}. Safe for concurrent use, closing included: it waits for running calls, and later ones throw
 * {@link IllegalStateException}.
 */
public final class Tokenizer implements AutoCloseable {
    private final NativeTokenizer tokenizer;
    private final ControlMarks marks;
    private final AddedTokens added;
    private final TokenizerConfig config;
    private final int[] prefix;
    private final int vocabSize;
    /** Tokens to decode another one behind, since some decoders strip the space of the first. */
    private final int[] anchor;

    private final String anchorText;

    private Tokenizer(
            NativeTokenizer tokenizer,
            ControlMarks marks,
            AddedTokens added,
            TokenizerFile file,
            TokenizerConfig config) {
        this.tokenizer = tokenizer;
        this.marks = marks;
        this.added = added;
        this.config = config;
        prefix = prefix(file);
        vocabSize = Math.max(file.vocabularySize(), added.highestId() + 1);
        anchor = tokenizer.encode("a");
        anchorText = tokenizer.decode(anchor, 0, anchor.length, false);
    }

    /**
     * Reads {@code tokenizer.json} of a model folder, and {@code tokenizer_config.json} and
     * {@code special_tokens_map.json} where they are present.
     *
     * @param modelFolder the folder
     * @return the tokenizer, to be closed by the caller
     * @throws NullPointerException if {@code modelFolder} is null
     * @throws ModelLoadException if {@code tokenizer.json} is missing, a file is broken, or this platform has no native
     *     tokenizer library; the message names the file or the platform
     */
    public static Tokenizer open(Path modelFolder) {
        Path file = modelFolder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelLoadException("no tokenizer.json in " + modelFolder
                    + "; save the model's tokenizer there with save_pretrained of a fast tokenizer of transformers");
        }
        TokenizerConfig config = TokenizerConfig.read(modelFolder);
        try {
            byte[] json = Files.readAllBytes(file);
            TokenizerFile parsed = TokenizerFile.read(json, config.namedSpecials());
            AddedTokens added = new AddedTokens(parsed, config);
            ControlMarks marks = new ControlMarks(added.controls(), new SecureRandom().nextLong());
            byte[] rewritten = new TokenizerRewriter(marks, added.all(), config.addPrefixSpace()).rewrite(json);
            NativeTokenizer built = NativeTokenizer.open(rewritten, file.toString());
            try {
                return new Tokenizer(built, marks, added, parsed, config).checked(file);
            } catch (RuntimeException e) {
                built.close();
                throw e;
            }
        } catch (IOException e) {
            throw Json.broken(file, e);
        }
    }

    /** Makes sure that every control token has the id that the file says, since the native code counts them itself. */
    private Tokenizer checked(Path file) {
        for (AddedToken token : added.controls()) {
            int[] ids = tokenizer.encode(marks.markOrSelf(token.content()));
            if (!Arrays.equals(ids, new int[] {token.id()})) {
                throw new ModelLoadException(file + " gives the added token " + token.content() + " the id "
                        + token.id() + ", but the tokenizer library counts otherwise; save the file again");
            }
        }
        return this;
    }

    /** As transformers: some classes write BOS by a setting of their own, all others as the file's template says. */
    private int[] prefix(TokenizerFile file) {
        if (!config.ownsBos()) {
            return file.templatePrefix();
        }
        OptionalInt bos = bosId();
        boolean wanted = !Boolean.FALSE.equals(config.addBos()) && bos.isPresent();
        return wanted ? new int[] {bos.getAsInt()} : new int[0];
    }

    /**
     * Encodes a prompt in which control tokens count where the format wrote them and nowhere else. BOS is put in front
     * if the model wants it and the format has not written it.
     *
     * @param prompt the rendered prompt
     * @return the ids, at least one unless the model knows none of the text
     * @throws NullPointerException if {@code prompt} is null
     * @throws IllegalStateException if the tokenizer is closed
     */
    public int[] encode(RenderedPrompt prompt) {
        return withPrefix(encodeWhole(prompt));
    }

    /**
     * Encodes a prompt as {@link #encode(RenderedPrompt)} does, but adds no BOS: the format wrote all that the model
     * reads.
     *
     * @param prompt the rendered prompt
     * @return the ids, at least one unless the model knows none of the text
     * @throws NullPointerException if {@code prompt} is null
     * @throws IllegalStateException if the tokenizer is closed
     */
    public int[] encodeWhole(RenderedPrompt prompt) {
        return tokenizer.encode(marks.written(prompt));
    }

    /**
     * Encodes text as transformers does: control tokens in it count. BOS is put in front if the model wants it and the
     * text does not start with it.
     *
     * @param text the text; if empty, the result is BOS alone or nothing
     * @return the ids
     * @throws NullPointerException if {@code text} is null
     * @throws IllegalStateException if the tokenizer is closed
     */
    public int[] encodeRaw(String text) {
        StringBuilder marked = new StringBuilder(text.length());
        marks.appendTemplate(marked, text);
        return withPrefix(tokenizer.encode(marked.toString()));
    }

    private int[] withPrefix(int[] ids) {
        if (prefix.length == 0 || (ids.length > 0 && ids[0] == prefix[0])) {
            return ids;
        }
        int[] all = Arrays.copyOf(prefix, prefix.length + ids.length);
        System.arraycopy(ids, 0, all, prefix.length, ids.length);
        return all;
    }

    /**
     * The text of some tokens, not tidied: spaces stand where the tokens have them.
     *
     * @param ids token ids; one that no token has gives no text
     * @param from index of the first
     * @param to index after the last
     * @param skipSpecialTokens whether special tokens give no text
     * @return the text; U+FFFD stands for bytes that are no whole character
     * @throws NullPointerException if {@code ids} is null
     * @throws IndexOutOfBoundsException if the range is not within {@code ids}
     * @throws IllegalStateException if the tokenizer is closed
     */
    public String decode(int[] ids, int from, int to, boolean skipSpecialTokens) {
        Objects.checkFromToIndex(from, to, ids.length);
        return marks.restore(tokenizer.decode(ids, from, to, skipSpecialTokens));
    }

    /**
     * The text of a token as a part of a longer text: its leading space is kept.
     *
     * @param id a token id
     * @return the text; a special token gives its name, a part of a character U+FFFD, an id that no token has nothing
     * @throws IllegalStateException if the tokenizer is closed
     */
    public String tokenText(int id) {
        int length = anchor.length;
        int[] ids = Arrays.copyOf(anchor, length + 1);
        ids[length] = id;
        String behind = decode(ids, 0, length + 1, false);
        return behind.startsWith(anchorText)
                ? behind.substring(anchorText.length())
                : decode(ids, length, length + 1, false);
    }

    /**
     * Whether decoding may leave a token out.
     *
     * @param id any number
     * @return true for special tokens such as BOS, EOS and the marks of turns
     */
    public boolean isSpecial(int id) {
        return added.isSpecial(id);
    }

    /**
     * The id of an added token: a special token, or a tag such as {@code <think>} that is a token of its own.
     *
     * @param token its text, for example {@code <|im_end|>}
     * @return the id, or empty if no added token has this text
     */
    public OptionalInt id(String token) {
        return added.id(token);
    }

    /**
     * The token that starts a sequence, as the configuration names it.
     *
     * @return its id, or empty if none is named
     */
    public OptionalInt bosId() {
        return added.id(config.bosToken());
    }

    /**
     * The special tokens that the configuration names, for a chat template.
     *
     * @return an unmodifiable map of role to text, for example {@code bos_token} to {@code <s>}
     */
    public Map<String, String> specialTokens() {
        return config.specialTokens();
    }

    /**
     * The number of ids that may have a token.
     *
     * @return one more than the highest id, added tokens included; a model's logits may have more columns
     */
    public int vocabSize() {
        return vocabSize;
    }

    /** Waits for running calls, then frees the native memory. Closing twice does nothing. */
    @Override
    public void close() {
        tokenizer.close();
    }
}
