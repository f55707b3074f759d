package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.BackendSettings;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a server is asked. Immutable; made by {@link #builder()}. What is null here is taken from the environment where a
 * variable is named.
 *
 * @param apiKey gives the key, asked before each attempt so that a key may change; null, {@code OPENAI_API_KEY}, by
 *     default
 * @param baseUrl where the API begins, such as {@code http://localhost:8000/v1}; null, {@code OPENAI_BASE_URL} or else
 *     OpenAI, by default
 * @param organization null, {@code OPENAI_ORG_ID}, by default
 * @param project null, {@code OPENAI_PROJECT_ID}, by default
 * @param azure the deployment, for Azure OpenAI; null by default
 * @param queryParameters added to each address; none by default
 * @param headers added to each request, in place of ours of that name; none by default
 * @param extraBody fields added to the body of each request for an answer, in place of ours of that name: texts,
 *     numbers, booleans, lists and maps of them; null takes out one of ours, such as {@code seed}, and is sent as null
 *     under another name; none by default
 * @param proxy chooses the proxy; null, the JVM's own choice, by default
 * @param httpVersion {@link HttpClient.Version#HTTP_1_1} by default, a connection for each request in flight; with
 *     HTTP/2 many share one, with servers that speak it over TLS, and others are asked as by default
 * @param sslContext trust and client certificates; null, the JVM's own, by default
 * @param connectTimeout for a connection to be made; 10 seconds by default
 * @param attemptTimeout from sending a request to the last byte of its answer; 10 minutes by default
 * @param totalTimeout for all attempts of one prompt and the waits between them; 30 minutes by default. It counts from
 *     the first time on that the prompt may go: the wait for a place and for our own limits before that does not count
 *     (while all of several endpoints rest since they fail, it does)
 * @param maxAttempts how often one prompt is tried; at least 1; 10 by default
 * @param maxRetryDelay the longest wait between two attempts, whatever the server asks for; 2 minutes by default
 * @param maxInFlight requests at work at once; at least 1; 256 by default
 * @param whenMaybeDone what to do where the work may have been done; {@link WhenMaybeDone#RETRY} by default
 * @param lengthField null, by default: {@link LengthField#MAX_COMPLETION_TOKENS} for chats with OpenAI and Azure, else
 *     {@link LengthField#MAX_TOKENS}
 * @param endpoint {@link Endpoint#CHAT} by default
 * @param dialect null by default: {@link Dialect#OPENAI} for OpenAI and Azure, else the server is asked which it is;
 *     while it does not say, prompts that need no dialect are sent as to OpenAI
 * @param traffic several endpoints, and limits; {@link OpenAiTraffic#defaults} by default
 */
public record OpenAiSettings(
        @Nullable Supplier<String> apiKey,
        @Nullable String baseUrl,
        @Nullable String organization,
        @Nullable String project,
        @Nullable AzureDeployment azure,
        Map<String, String> queryParameters,
        Map<String, String> headers,
        Map<String, Object> extraBody,
        @Nullable ProxySelector proxy,
        HttpClient.Version httpVersion,
        @Nullable SSLContext sslContext,
        Duration connectTimeout,
        Duration attemptTimeout,
        Duration totalTimeout,
        int maxAttempts,
        Duration maxRetryDelay,
        int maxInFlight,
        WhenMaybeDone whenMaybeDone,
        @Nullable LengthField lengthField,
        Endpoint endpoint,
        @Nullable Dialect dialect,
        OpenAiTraffic traffic)
        implements BackendSettings {
    private static final Duration LONGEST = Duration.ofDays(366); // its nanoseconds fit a long many times over

    /**
     * Checks the settings and copies the maps.
     *
     * @throws NullPointerException if one is null that may not be
     * @throws IllegalArgumentException if one is out of its range; the message names it, the value and the range
     */
    public OpenAiSettings {
        queryParameters = Map.copyOf(queryParameters);
        headers = Map.copyOf(headers);
        extraBody = Collections.unmodifiableMap(new LinkedHashMap<>(extraBody)); // values may be null
        positive("connectTimeout", connectTimeout);
        positive("attemptTimeout", attemptTimeout);
        positive("totalTimeout", totalTimeout);
        positive("maxRetryDelay", maxRetryDelay);
        atLeastOne("maxAttempts", maxAttempts);
        atLeastOne("maxInFlight", maxInFlight);
        Objects.requireNonNull(httpVersion, "httpVersion must not be null");
        Objects.requireNonNull(whenMaybeDone, "whenMaybeDone must not be null");
        Objects.requireNonNull(endpoint, "endpoint must not be null");
        Objects.requireNonNull(traffic, "traffic must not be null");
    }

    private static void positive(String field, Duration value) {
        Objects.requireNonNull(value, field + " must not be null");
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(field + " must be above 0 and at most " + LONGEST + ", got " + value
                    + "; leave it out for the default");
        }
    }

    private static void atLeastOne(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    field + " must be at least 1, got " + value + "; leave it out for the default");
        }
    }

    /**
     * The default of every setting.
     *
     * @return the defaults, with limits of their own
     */
    public static OpenAiSettings defaults() {
        return builder().build();
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder, not thread-safe
     */
    public static OpenAiSettingsBuilder builder() {
        return new OpenAiSettingsBuilder();
    }

    /**
     * Sets endpoints and limits.
     *
     * @param value in place of {@link #traffic}
     * @return settings that are otherwise the same
     * @throws NullPointerException if it is null
     */
    public OpenAiSettings withTraffic(OpenAiTraffic value) {
        return copy(apiKey, baseUrl, value);
    }

    /** The settings of one endpoint alone. */
    OpenAiSettings at(OpenAiEndpoint place) {
        return copy(
                place.apiKey() == null ? apiKey : place.apiKey(),
                place.baseUrl() == null ? baseUrl : place.baseUrl(),
                traffic);
    }

    private OpenAiSettings copy(
            @Nullable Supplier<String> newKey, @Nullable String newBaseUrl, OpenAiTraffic newTraffic) {
        return new OpenAiSettings(
                newKey,
                newBaseUrl,
                organization,
                project,
                azure,
                queryParameters,
                headers,
                extraBody,
                proxy,
                httpVersion,
                sslContext,
                connectTimeout,
                attemptTimeout,
                totalTimeout,
                maxAttempts,
                maxRetryDelay,
                maxInFlight,
                whenMaybeDone,
                lengthField,
                endpoint,
                dialect,
                newTraffic);
    }

    /** Names what holds no secret: neither key nor headers, query parameters, body fields, or a password in the URL. */
    @Override
    public String toString() {
        return "OpenAiSettings[endpoint=" + endpoint + ", dialect=" + dialect + ", azure=" + azure + ", maxInFlight="
                + maxInFlight + ", maxAttempts=" + maxAttempts + ", attemptTimeout=" + attemptTimeout
                + ", totalTimeout=" + totalTimeout + "]";
    }
}
