package io.github.ultrafeedback.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one choice, watched for stop strings in the plainest way: after each character every stop string is tried
 * as an ending. What may yet become part of one is held back.
 */
final class StopScan {
    private final List<String> stops;
    private final boolean includeStop;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String found;
    private int taken;

    StopScan(List<String> stops, boolean includeStop) {
        this.stops = stops;
        this.includeStop = includeStop;
    }

    /** Adds the text of a token; true if a stop string ended the choice within it. */
    boolean add(String token, boolean mayStop) {
        for (int i = 0; i < token.length(); i++) {
            text.append(token.charAt(i));
            if (mayStop && ended()) {
                return true;
            }
        }
        return false;
    }

    private boolean ended() {
        for (String stop : stops) {
            if (endsWith(stop, stop.length())) {
                found = stop;
                text.setLength(text.length() - (includeStop ? 0 : stop.length()));
                return true;
            }
        }
        return false;
    }

    private boolean endsWith(String stop, int length) {
        return length <= text.length() && text.indexOf(stop.substring(0, length), text.length() - length) >= 0;
    }

    /** The stop string that ended the choice, or null. */
    @Nullable String found() {
        return found;
    }

    String text() {
        return text.toString();
    }

    /** What is certain and was not taken before; at the end that is all. */
    String takeDelta(boolean end) {
        int certain = end ? text.length() : text.length() - held();
        if (certain <= taken) {
            return "";
        }
        if (Character.isHighSurrogate(text.charAt(certain - 1)) && certain < text.length()) {
            certain--; // a listener gets whole characters
        }
        String delta = text.substring(taken, certain);
        taken = certain;
        return delta;
    }

    private int held() {
        int most = 0;
        for (String stop : stops) {
            for (int length = stop.length() - 1; length > most; length--) {
                if (endsWith(stop, length)) {
                    most = length;
                }
            }
        }
        return most;
    }
}
