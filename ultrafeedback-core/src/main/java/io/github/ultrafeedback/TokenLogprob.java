package io.github.ultrafeedback;

import java.util.List;
import java.util.Objects;

/**
 * How likely a token of a choice was, and what else was likely in its place.
 *
 * @param token the token's text; a token that holds part of a character shows U+FFFD
 * @param id its id, or -1 where the server did not say
 * @param logprob natural logarithm of its probability before temperature and truncation; at most 0
 * @param top the likeliest tokens in its place, best first; each with an empty list of its own
 */
public record TokenLogprob(String token, int id, double logprob, List<TokenLogprob> top) {
    /**
     * Copies the list.
     *
     * @throws NullPointerException if {@code token} or {@code top} is null
     */
    public TokenLogprob {
        Objects.requireNonNull(token, "token must not be null");
        top = List.copyOf(top);
    }

    /** Names the token without its text, which is part of an answer and must not reach a log. */
    @Override
    public String toString() {
        return "TokenLogprob[id=" + id + ", logprob=" + logprob + ", top=" + top.size() + "]";
    }
}
