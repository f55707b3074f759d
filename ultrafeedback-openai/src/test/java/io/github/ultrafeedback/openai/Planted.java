package io.github.ultrafeedback.openai;

/** Secrets that the tests of this module use, so that {@link SuiteSecretsTest} knows them where they should not be. */
final class Planted {
    static final String MARK = "PLANTED";
    static final String KEY = "sk-" + MARK + "-key";
    static final String PROMPT = MARK + " words of a prompt";

    private Planted() {}

    /** Whether a text that others see holds one. */
    static boolean in(String text) {
        return text.toUpperCase(java.util.Locale.ROOT).contains(MARK);
    }
}
