package io.github.ultrafeedback.openai;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how long a server asks to wait. What makes no sense counts as nothing said. */
final class ServerDelay {
    /** Nobody waits longer; keeps the arithmetic within a long. */
    private static final double LONGEST_SECONDS = 366.0 * 24 * 3600;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30}");

    /** The three forms of RFC 9110, section 5.6.7. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT),
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss z", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private ServerDelay() {}

    /** Returns a delay above zero, or empty where the server said nothing that can be used. */
    static Optional<Duration> read(HttpHeaders headers, Instant now) {
        Optional<Duration> millis = headers.firstValue("retry-after-ms").flatMap(text -> number(text.strip(), 1_000.0));
        return millis.or(() -> headers.firstValue("retry-after").flatMap(text -> seconds(text.strip(), now)));
    }

    private static Optional<Duration> seconds(String text, Instant now) {
        return number(text, 1.0).or(() -> date(text, now));
    }

    private static Optional<Duration> number(String text, double perSecond) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        double seconds = Math.min(Double.parseDouble(text) / perSecond, LONGEST_SECONDS);
        Duration delay = Duration.ofNanos((long) (seconds * 1e9));
        return delay.isZero() ? Optional.empty() : Optional.of(delay);
    }

    private static Optional<Duration> date(String text, Instant now) {
        for (DateTimeFormatter format : DATES) {
            try {
                Duration delay = Duration.between(
                        now, format.parse(text, ZonedDateTime::from).toInstant());
                Duration longest = Duration.ofSeconds((long) LONGEST_SECONDS);
                boolean past = delay.isNegative() || delay.isZero();
                return past ? Optional.empty() : Optional.of(delay.compareTo(longest) > 0 ? longest : delay);
            } catch (DateTimeException e) {
                // Not this form: try the next.
            }
        }
        return Optional.empty();
    }
}
