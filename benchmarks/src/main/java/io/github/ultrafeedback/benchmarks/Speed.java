package io.github.ultrafeedback.benchmarks;

import java.util.Locale;

/**
 * Tokens and the time they took.
 *
 * @param what who answered
 * @param requests how many it answered
 * @param tokens tokens of the answers
 * @param nanos time from the first request to the last answer
 */
record Speed(String what, int requests, long tokens, long nanos) {
    /** The head of the table. */
    static final String HEAD = """
            | | prompts | completion tokens | s | tokens/s | batch is faster by |
            |---|---|---|---|---|---|""";

    Speed plus(Speed other) {
        return new Speed(what, requests + other.requests, tokens + other.tokens, nanos + other.nanos);
    }

    String row(Speed batch) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.0f | %.2fx |",
                what,
                requests,
                tokens,
                nanos / 1e9,
                tokensPerSecond(),
                batch.tokensPerSecond() / tokensPerSecond());
    }

    private double tokensPerSecond() {
        return tokens * 1e9 / nanos;
    }
}
