package io.github.ultrafeedback.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends text at the first stop string, for servers that take fewer of them than were asked for. The one that ends first
 * wins, ties by the order of the list; what may still become one is held back. Not thread-safe.
 */
final class StopCutter {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private @Nullable String matched;

    StopCutter(List<String> stops) {
        this.stops = stops;
    }

    /** Returns the text that is now certain; empty once a stop string was found. */
    String append(String delta) {
        if (stops.isEmpty()) {
            return delta;
        }
        if (matched != null) {
            return "";
        }
        int before = held.length(); // a match that ends before here would have been found
        held.append(delta);
        for (int end = before + 1; end <= held.length(); end++) {
            for (String stop : stops) {
                if (endsWith(end, stop)) {
                    matched = stop;
                    return take(end - stop.length());
                }
            }
        }
        return take(held.length() - longestBeginning());
    }

    private boolean endsWith(int end, String stop) {
        int start = end - stop.length();
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < stop.length(); i++) {
            if (held.charAt(start + i) != stop.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** How many characters at the end may still become a stop string. */
    private int longestBeginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (endsWith(held.length(), stop.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /** Ends the text; returns what was held back. */
    String flush() {
        return matched != null ? "" : take(held.length());
    }

    @Nullable String matched() {
        return matched;
    }
}
