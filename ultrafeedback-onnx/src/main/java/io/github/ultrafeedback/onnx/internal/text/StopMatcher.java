package io.github.ultrafeedback.onnx.internal.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends the text of one choice at the first stop string, wherever the borders of tokens lie.
 *
 * <p>Of several stop strings in the text, the one that <em>ends</em> first wins; of those that end at the same
 * character, the one that comes first in the list. This is vLLM's rule. Text that could be the beginning of a stop
 * string is held back, and no character more: what is given out is always the longest beginning of the final text that
 * is certain. If the stop string stays in the text, nothing is held back.
 *
 * <p>Each stop string has the automaton of Knuth, Morris and Pratt: its state is the length of the longest beginning of
 * the string that the text ends with. So a character costs the same however long the text is. Not thread-safe.
 */
public final class StopMatcher {
    private final String[] stops;
    private final boolean includeStop;
    /**
     * For each stop string and length n: length of the longest beginning, shorter than n, that its first n end with.
     */
    private final int[][] fallback;

    private final int[] state;
    private final StringBuilder held = new StringBuilder();
    private @Nullable String matched;

    /**
     * Starts with an empty text.
     *
     * @param stops the stop strings, may be none
     * @param includeStop whether the stop string stays in the text
     * @throws NullPointerException if {@code stops} is or holds null
     * @throws IllegalArgumentException if a stop string is empty
     */
    public StopMatcher(List<String> stops, boolean includeStop) {
        this.stops = stops.toArray(new String[0]);
        this.includeStop = includeStop;
        fallback = new int[this.stops.length][];
        state = new int[this.stops.length];
        for (int k = 0; k < this.stops.length; k++) {
            if (this.stops[k].isEmpty()) {
                throw new IllegalArgumentException(
                        "stop strings must hold at least one character, got an empty one at index " + k);
            }
            fallback[k] = fallback(this.stops[k]);
        }
    }

    private static int[] fallback(String stop) {
        int[] fallback = new int[stop.length() + 1];
        int length = 0;
        for (int n = 2; n <= stop.length(); n++) {
            char c = stop.charAt(n - 1);
            while (length > 0 && stop.charAt(length) != c) {
                length = fallback[length];
            }
            if (stop.charAt(length) == c) {
                length++;
            }
            fallback[n] = length;
        }
        return fallback;
    }

    /**
     * Takes the next piece of text.
     *
     * @param delta the text of one or more tokens, may be empty
     * @param armed whether a stop string may end within {@code delta}; false for the tokens up to the minimum that was
     *     asked for. As in vLLM, one that ends later may have begun there.
     * @return the text that is now certain; empty once a stop string was found
     * @throws NullPointerException if {@code delta} is null
     */
    public String append(String delta, boolean armed) {
        if (stops.length == 0) {
            return delta;
        }
        if (matched != null) {
            return "";
        }
        for (int i = 0; i < delta.length(); i++) {
            String stop = step(delta.charAt(i));
            if (stop != null && armed) {
                matched = stop;
                held.append(delta, 0, i + 1);
                return take(includeStop ? held.length() : held.length() - stop.length());
            }
        }
        held.append(delta);
        return take(held.length() - (includeStop ? 0 : longestBeginning()));
    }

    /** Moves all automata over a character; returns the first stop string that ends with it, or null. */
    private @Nullable String step(char c) {
        String ended = null;
        for (int k = 0; k < stops.length; k++) {
            String stop = stops[k];
            int n = state[k];
            if (n == stop.length()) {
                n = fallback[k][n];
            }
            while (n > 0 && stop.charAt(n) != c) {
                n = fallback[k][n];
            }
            if (stop.charAt(n) == c) {
                n++;
            }
            state[k] = n;
            if (n == stop.length() && ended == null) {
                ended = stop;
            }
        }
        return ended;
    }

    /** Characters at the end of the text that may still become a stop string. */
    private int longestBeginning() {
        int longest = 0;
        for (int k = 0; k < stops.length; k++) {
            // A whole stop string stands here only if it was not armed; then what counts is where another may begin.
            int n = state[k] == stops[k].length() ? fallback[k][state[k]] : state[k];
            longest = Math.max(longest, n);
        }
        return longest;
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /**
     * Ends the text without a stop string.
     *
     * @return what was held back; empty once a stop string was found
     */
    public String flush() {
        return matched != null ? "" : take(held.length());
    }

    /**
     * Whether a stop string was found.
     *
     * @return true if the text has ended
     */
    public boolean stopped() {
        return matched != null;
    }

    /**
     * The stop string that ended the text.
     *
     * @return it, as it was asked for, or null if none was found
     */
    public @Nullable String matched() {
        return matched;
    }
}
