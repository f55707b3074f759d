package io.github.ultrafeedback.model;

import java.util.Objects;

/**
 * What becomes of a generated text before it is stored. A backend does not apply it unless its settings ask for that:
 * {@code Completion.text()} is what the model wrote, so that the raw text is kept as well. The ONNX backend's profile
 * {@code HUGGING_FACE} does ask for it; a completion then names the profile in its provenance, and its token ids are
 * all that is left of the raw text. Pure and safe for concurrent use.
 */
public enum PostProcessing {
    /**
     * One rule for every backend: white space around the text goes, and so does one end-of-sequence text, if the caller
     * names it. Nothing inside the text changes. The white space is Python's, as in the original; chat formats end in
     * {@code ASSISTANT:}, so that most answers of local models start with a space that no reader wants.
     */
    SANE,
    /** The original's API path: the text as it came. */
    ORIGINAL_API,
    /**
     * The original's pipeline path: spaces before punctuation and English contractions are removed, then white space
     * around the text, then all from the first run of four newlines on. The first of these changes code and verse.
     */
    ORIGINAL_HUGGING_FACE,
    /**
     * The original's vLLM path: white space around the text is removed, then every trailing character that is one of
     * {@code <}, {@code /}, {@code s}, {@code >}, then white space again. It meant to remove {@code </s>}, and turns
     * {@code Paris} into {@code Pari}.
     */
    ORIGINAL_VLLM;

    private static final String END_OF_ANSWER = "\n\n\n\n";

    /** In the order in which transformers' {@code clean_up_tokenization} replaces them: from, to, from, to. */
    private static final String[] CLEAN_UP = {
        " .", ".", " ?", "?", " !", "!", " ,", ",", " ' ", "'", " n't", "n't", " 'm", "'m", " 's", "'s", " 've", "'ve",
        " 're", "'re"
    };

    /**
     * Processes a text in which special tokens were skipped, as backends do by default.
     *
     * @param raw what the model wrote; may be empty
     * @return the text to store; may be empty
     */
    public String apply(String raw) {
        return apply(raw, "");
    }

    /**
     * Processes a text that may end in the text of the end-of-sequence token, because special tokens were kept.
     *
     * @param raw what the model wrote; may be empty
     * @param eosText the token's exact text, for example {@code </s>}, or empty for none; {@link #SANE} alone looks at
     *     it, since the original's own handling is fixed
     * @return the text to store; may be empty
     */
    public String apply(String raw, String eosText) {
        Objects.requireNonNull(raw, "raw must not be null");
        Objects.requireNonNull(eosText, "eosText must not be null");
        return switch (this) {
            case SANE -> withoutEos(PythonText.strip(raw), eosText);
            case ORIGINAL_API -> raw;
            case ORIGINAL_HUGGING_FACE -> firstPart(PythonText.strip(cleanUp(raw)));
            case ORIGINAL_VLLM -> PythonText.strip(PythonText.stripTrailing(PythonText.strip(raw), "</s>"));
        };
    }

    private static String withoutEos(String text, String eosText) {
        return !eosText.isEmpty() && text.endsWith(eosText)
                ? PythonText.strip(text.substring(0, text.length() - eosText.length()))
                : text;
    }

    private static String cleanUp(String text) {
        String clean = text;
        for (int i = 0; i < CLEAN_UP.length; i += 2) {
            clean = clean.replace(CLEAN_UP[i], CLEAN_UP[i + 1]);
        }
        return clean;
    }

    /** The original strips newlines before it strips white space; the second includes the first, so once is enough. */
    private static String firstPart(String text) {
        int end = text.indexOf(END_OF_ANSWER);
        return end < 0 ? text : PythonText.strip(text.substring(0, end));
    }
}
