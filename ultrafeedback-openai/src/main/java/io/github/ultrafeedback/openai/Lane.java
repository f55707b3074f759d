package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint, and how many requests may go there now. Not thread-safe: {@link TrafficChatApi} guards it. Times are
 * nanoseconds of one clock.
 */
final class Lane {
    /** Waits for something else than time: a place, or the one request that tries a failing endpoint. */
    static final long UNTIL_TOLD = Long.MAX_VALUE;

    private final String name;
    private final int weight;
    private final ChatApi api;
    private final OpenAiLimits limits;
    private final int most;
    private final boolean rests;
    private final AdaptiveLimit adaptive;
    private final Pace requests = new Pace();
    private final Pace tokens = new Pace();
    private final Breaker breaker = new Breaker();
    private int inFlight;
    private long pausedUntil;
    private boolean paused;
    private boolean givenUp;
    private @Nullable OpenAiLoad told;

    /** A place that a request takes, with what must be known when it gives it back. */
    record Place(Lane lane, long cost, long sentAt, int moment, boolean probe) {}

    /** Takes the endpoint, the layer that asks it, and whether it rests while it fails, which needs others. */
    Lane(OpenAiEndpoint endpoint, ChatApi api, OpenAiSettings settings, boolean rests, long now) {
        this.name = endpoint.name();
        this.weight = endpoint.weight();
        this.api = api;
        this.limits = settings.traffic().limits();
        this.most = settings.maxInFlight();
        this.rests = rests;
        this.adaptive = new AdaptiveLimit(Math.min(most, limits.maxInFlight()));
        retune(now);
    }

    ChatApi api() {
        return api;
    }

    /** How loaded it would be with one more, beside others. */
    double pressure() {
        return (inFlight + 1.0) / weight;
    }

    /** Takes over what the user set since. */
    void retune(long now) {
        adaptive.most(Math.min(most, limits.maxInFlight()));
        requests.set(limits.maxRpm(), now);
        tokens.set(limits.maxTpm(), now);
        if (!limits.followHeaders()) {
            requests.forget(now);
            tokens.forget(now);
        }
    }

    boolean never(TokenEstimate cost) {
        return tokens.never(cost);
    }

    long tokenLimit() {
        return tokens.limit();
    }

    boolean resting() {
        return breaker.open();
    }

    /** Whether neither it rests nor has the server asked to wait. */
    boolean ready(long now) {
        return !givenUp && !resting() && pause(now) == 0;
    }

    /** Its key or its address is of no use. Returns true the first time. */
    boolean giveUp() {
        boolean first = !givenUp;
        givenUp = true;
        return first;
    }

    String name() {
        return name;
    }

    private int limit() {
        return givenUp ? 0 : adaptive.limit();
    }

    /** Nanoseconds until a request may go, 0 for now, or {@link #UNTIL_TOLD}. */
    long waitFor(TokenEstimate cost, long now) {
        if (inFlight >= adaptive.limit()) {
            return UNTIL_TOLD;
        }
        long server = Math.max(breaker.waitFor(now), pause(now));
        return Math.max(server, Math.max(requests.waitFor(1, now), tokens.waitFor(cost.total(), now)));
    }

    private long pause(long now) {
        paused &= pausedUntil - now > 0;
        return paused ? pausedUntil - now : 0;
    }

    Place take(TokenEstimate cost, long now) {
        inFlight++;
        requests.take(1);
        tokens.take(cost.total());
        return new Place(this, cost.total(), now, adaptive.moment(), breaker.sent());
    }

    void succeeded(Place place, HttpHeaders headers, long now) {
        inFlight--;
        adaptive.succeeded();
        breaker.alive();
        learn(place, headers, now);
    }

    /** Takes the longest pause that the server may ask for. */
    void failed(Place place, ApiFailure failure, Instant date, Duration longest, long now) {
        inFlight--;
        boolean refused = failure.kind() == ApiFailure.Kind.RATE_LIMIT || failure.kind() == ApiFailure.Kind.OVERLOADED;
        if (refused || failure.certainty() == Certainty.NOT_SENT) {
            requests.giveBack(1);
            tokens.giveBack(place.cost());
        }
        learn(place, failure.headers(), now);
        if (refused) {
            adaptive.refused(place.moment());
            ServerDelay.read(failure.headers(), date).ifPresent(asked -> pause(asked, longest, now));
        }
        judge(place, failure, now);
    }

    private void judge(Place place, ApiFailure failure, long now) {
        boolean down = switch (failure.kind()) {
            case TRANSPORT, TIMEOUT, SERVER -> true;
            case OVERLOADED -> failure.facts().status() >= 500;
            default -> false;
        };
        if (down && rests) {
            breaker.failed(place.probe(), now);
        } else if (failure.facts().status() > 0) {
            breaker.alive();
        } else {
            breaker.unknown(place.probe());
        }
    }

    private void pause(Duration asked, Duration longest, long now) {
        long until = now + (asked.compareTo(longest) < 0 ? asked : longest).toNanos();
        if (!paused || until - pausedUntil > 0) {
            paused = true;
            pausedUntil = until;
        }
    }

    private void learn(Place place, HttpHeaders headers, long now) {
        if (limits.followHeaders()) {
            RateHeaders.read(headers, "requests").ifPresent(reading -> requests.learn(reading, place.sentAt(), now));
            RateHeaders.read(headers, "tokens").ifPresent(reading -> tokens.learn(reading, place.sentAt(), now));
        }
    }

    /** The request was cancelled, before it was sent or after. */
    void left(Place place, boolean sent) {
        inFlight--;
        if (!sent) {
            requests.giveBack(1);
            tokens.giveBack(place.cost());
        }
        breaker.unknown(place.probe());
    }

    /** What the listener should hear, null where nothing has changed that it has not heard. */
    @Nullable OpenAiLoad news(int waiting) {
        OpenAiLoad last = told;
        boolean same = last != null
                && last.limit() == limit()
                && last.requestsPerMinute() == requests.limit()
                && last.tokensPerMinute() == tokens.limit()
                && last.resting() == resting();
        if (same) {
            return null;
        }
        OpenAiLoad load = new OpenAiLoad(name, limit(), inFlight, waiting, requests.limit(), tokens.limit(), resting());
        told = load;
        return load;
    }
}
