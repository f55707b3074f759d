package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.TokenLogprob;
import io.github.ultrafeedback.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language of the fake: each token follows from seed, prompt, choice and position alone, all equally likely. Has
 * what real languages trip over: an umlaut, signs without a space before them, a line end, a character of two chars.
 */
final class Words {
    /** The token that ends an answer. */
    static final int END = 0;

    private static final List<String> TOKENS = List.of(
            "", ".", ",", "\n", "!", " 🙂", " für", " naïve", " a", " the", " of", " and", " to", " in", " is", " was",
            " river", " stone", " light", " tree", " house", " water", " wind", " road", " hand", " night", " day",
            " sea", " bird", " field", " door", " fire", " walks", " holds", " gives", " sees", " keeps", " turns",
            " finds", " makes", " old", " new", " small", " wide", " deep", " quiet", " bright", " slow", " one",
            " two", " three", " four", " never", " often", " again", " here", " there", " under", " over", " after",
            " before", " with", " from", " by");
    private static final int SIZE = TOKENS.size();
    private static final int FIRST_OTHER = 1_000; // ids of words that only scripts know
    private static final double LOGPROB = -Math.log(SIZE);
    private static final Pattern PIECE = Pattern.compile("\\s*\\S+|\\s+");

    private Words() {}

    /** The token at a position. */
    static int draw(long address, int position, boolean mayEnd) {
        int token = (int) Math.floorMod(Seeds.derive(address, position), (long) SIZE);
        return token == END && !mayEnd ? 1 + (int) Math.floorMod(Seeds.derive(~address, position), SIZE - 1L) : token;
    }

    /** The text of a token of the fake's own: the first of an answer has no space before it. */
    static String text(int token, int position) {
        return position == 0 ? TOKENS.get(token).stripLeading() : TOKENS.get(token);
    }

    /** Cuts text into pieces that join to it again. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }

    /** The id of any piece of text, the same each time. */
    static int id(String piece) {
        int known = TOKENS.indexOf(piece);
        return known >= 0 ? known : FIRST_OTHER + Math.floorMod(piece.hashCode(), 1_000_000);
    }

    static TokenLogprob logprob(String text, int id, int count) {
        List<TokenLogprob> top = new ArrayList<>(count);
        for (int token = 0; token < count; token++) {
            top.add(new TokenLogprob(TOKENS.get(token), token, LOGPROB, List.of()));
        }
        return new TokenLogprob(text, id, LOGPROB, top);
    }
}
