package io.github.ultrafeedback.openai;

/**
 * How much one endpoint is asked at the moment.
 *
 * @param endpoint its name; {@code default} where {@link OpenAiTraffic} names none
 * @param limit requests that may be at work there at once: falls where the server asks for less, grows with its
 *     answers; 0 once its key or address was found to be of no use, after which it is asked no more
 * @param inFlight requests at work there
 * @param waiting requests that wait for a place, at any endpoint
 * @param requestsPerMinute the limit that is kept, set or learnt from the server; 0 for none
 * @param tokensPerMinute the same for tokens; 0 for none
 * @param resting whether it failed so often that only a probe is sent now and then
 */
public record OpenAiLoad(
        String endpoint,
        int limit,
        int inFlight,
        int waiting,
        long requestsPerMinute,
        long tokensPerMinute,
        boolean resting) {}
