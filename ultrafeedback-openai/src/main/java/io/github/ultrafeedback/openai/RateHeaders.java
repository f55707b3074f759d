package io.github.ultrafeedback.openai;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the headers {@code x-ratelimit-*}. What makes no sense counts as nothing said. */
final class RateHeaders {
    private static final Pattern PART = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{0,15})?)(ms|us|µs|μs|ns|d|h|m|s)");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}(?:\\.[0-9]{0,15})?");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,15}");
    private static final double MOST_SECONDS = 366.0 * 24 * 3600;

    private RateHeaders() {}

    /** A limit, how much of it is left or -1, and how long until it is whole again or null. */
    record Reading(long limit, long remaining, @Nullable Duration reset) {}

    /** Takes what is counted, {@code requests} or {@code tokens}. Empty without a limit above 0. */
    static Optional<Reading> read(HttpHeaders headers, String counted) {
        long limit = integer(headers, "x-ratelimit-limit-" + counted);
        if (limit <= 0) {
            return Optional.empty();
        }
        Duration reset = headers.firstValue("x-ratelimit-reset-" + counted)
                .flatMap(RateHeaders::duration)
                .orElse(null);
        return Optional.of(new Reading(limit, integer(headers, "x-ratelimit-remaining-" + counted), reset));
    }

    private static long integer(HttpHeaders headers, String name) {
        String text = headers.firstValue(name).orElse("").strip();
        return INTEGER.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    /** Go's form, such as {@code 1m26.4s}, {@code 6m0s} or {@code 20ms}; a bare number is seconds. */
    static Optional<Duration> duration(String header) {
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(seconds(Double.parseDouble(text)));
        }
        Matcher part = PART.matcher(text);
        double seconds = 0;
        int end = 0;
        while (end < text.length() && part.find() && part.start() == end) {
            seconds += Double.parseDouble(part.group(1)) * unit(part.group(2));
            end = part.end();
        }
        return end == text.length() && end > 0 ? Optional.of(seconds(seconds)) : Optional.empty();
    }

    private static double unit(String name) {
        return switch (name) {
            case "d" -> 24 * 3600;
            case "h" -> 3600;
            case "m" -> 60;
            case "s" -> 1;
            case "ms" -> 1e-3;
            case "ns" -> 1e-9;
            default -> 1e-6;
        };
    }

    private static Duration seconds(double value) {
        return Duration.ofNanos((long) (Math.min(value, MOST_SECONDS) * 1e9));
    }
}
