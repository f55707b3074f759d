package io.github.ultrafeedback.openai;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The limits of each endpoint: a handle that may be kept and turned while generators run, all of those that were opened
 * with it. They hold for each endpoint and generator by itself. Thread-safe.
 */
public final class OpenAiLimits {
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile int maxInFlight = Integer.MAX_VALUE;
    private volatile long maxRpm;
    private volatile long maxTpm;
    private volatile boolean followHeaders = true;

    /** Limits nothing, but follows what the server's headers say. */
    public OpenAiLimits() {}

    /**
     * Limits how many requests are at work at one endpoint. {@link OpenAiSettings#maxInFlight} holds beside it, for all
     * endpoints together.
     *
     * @param value at least 1
     * @return this
     * @throws IllegalArgumentException if it is below 1
     */
    public OpenAiLimits maxInFlight(int value) {
        maxInFlight = (int) atLeast("maxInFlight", value, 1);
        return changed();
    }

    /**
     * Limits requests per minute. They are spread over the minute, and a twentieth is kept back, so that servers of all
     * ways of counting are content.
     *
     * @param value the server's limit, or 0 for none but what its headers tell
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public OpenAiLimits maxRpm(long value) {
        maxRpm = atLeast("maxRpm", value, 0);
        return changed();
    }

    /**
     * Limits tokens per minute, in the same way. A request counts as an estimate of its prompt and its whole
     * {@code maxTokens}, as OpenAI counts it; one that is above the limit by itself fails at once.
     *
     * @param value the server's limit, or 0 for none but what its headers tell
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public OpenAiLimits maxTpm(long value) {
        maxTpm = atLeast("maxTpm", value, 0);
        return changed();
    }

    /**
     * Whether limits are learnt from the headers {@code x-ratelimit-*}, beside those set here; true by default. Turn it
     * off for a server whose headers count over another time than a minute or a day.
     *
     * @param value whether to
     * @return this
     */
    public OpenAiLimits followHeaders(boolean value) {
        followHeaders = value;
        return changed();
    }

    private static long atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + ", got " + value);
        }
        return value;
    }

    private OpenAiLimits changed() {
        watchers.forEach(Runnable::run);
        return this;
    }

    int maxInFlight() {
        return maxInFlight;
    }

    long maxRpm() {
        return maxRpm;
    }

    long maxTpm() {
        return maxTpm;
    }

    boolean followHeaders() {
        return followHeaders;
    }

    /** Runs after each change, until {@link #forget}. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void forget(Runnable watcher) {
        watchers.remove(watcher);
    }

    /** The limits, which are no secret. */
    @Override
    public String toString() {
        return "OpenAiLimits[maxInFlight=" + maxInFlight + ", maxRpm=" + maxRpm + ", maxTpm=" + maxTpm
                + ", followHeaders=" + followHeaders + "]";
    }
}
