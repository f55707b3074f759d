package io.github.ultrafeedback.openai;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes {@link OpenAiSettings}, whose parameters say what each setting is by default. Not thread-safe. */
public final class OpenAiSettingsBuilder {
    private @Nullable Supplier<String> apiKeySupplier; // never shown
    private @Nullable String baseUrl;
    private @Nullable String organization;
    private @Nullable String project;
    private @Nullable AzureDeployment azure;
    private Map<String, String> queryParameters = Map.of();
    private Map<String, String> headers = Map.of();
    private Map<String, Object> extraBody = Map.of();
    private @Nullable ProxySelector proxy;
    private HttpClient.Version httpVersion = HttpClient.Version.HTTP_1_1;
    private @Nullable SSLContext sslContext;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration attemptTimeout = Duration.ofMinutes(10);
    private Duration totalTimeout = Duration.ofMinutes(30);
    private int maxAttempts = 10;
    private Duration maxRetryDelay = Duration.ofMinutes(2);
    private int maxInFlight = 256;
    private WhenMaybeDone whenMaybeDone = WhenMaybeDone.RETRY;
    private @Nullable LengthField lengthField;
    private Endpoint endpoint = Endpoint.CHAT;
    private @Nullable Dialect dialect;

    OpenAiSettingsBuilder() {}

    /**
     * {@return this} Sets the key.
     *
     * @param value the key, or null for {@code OPENAI_API_KEY}
     */
    public OpenAiSettingsBuilder apiKey(@Nullable String value) {
        this.apiKeySupplier = value == null ? null : () -> value;
        return this;
    }

    /**
     * {@return this} Sets where the key comes from. It is asked before each attempt, by threads of ours, so it must be
     * quick.
     *
     * @param value gives the key, or null for {@code OPENAI_API_KEY}
     */
    public OpenAiSettingsBuilder apiKeySupplier(@Nullable Supplier<String> value) {
        this.apiKeySupplier = value;
        return this;
    }

    /**
     * {@return this} Sets where the API begins.
     *
     * @param value such as {@code http://localhost:8000/v1}, or null for {@code OPENAI_BASE_URL} or else OpenAI
     */
    public OpenAiSettingsBuilder baseUrl(@Nullable String value) {
        this.baseUrl = value;
        return this;
    }

    /**
     * {@return this} Sets who pays.
     *
     * @param organizationId the organization, or null for {@code OPENAI_ORG_ID}
     * @param projectId the project, or null for {@code OPENAI_PROJECT_ID}
     */
    public OpenAiSettingsBuilder account(@Nullable String organizationId, @Nullable String projectId) {
        this.organization = organizationId;
        this.project = projectId;
        return this;
    }

    /**
     * {@return this} Asks Azure OpenAI.
     *
     * @param value the deployment, or null for none
     */
    public OpenAiSettingsBuilder azure(@Nullable AzureDeployment value) {
        this.azure = value;
        return this;
    }

    /**
     * {@return this} Adds parameters to each address.
     *
     * @param value values by name, not yet encoded
     */
    public OpenAiSettingsBuilder queryParameters(Map<String, String> value) {
        this.queryParameters = value;
        return this;
    }

    /**
     * {@return this} Adds headers to each request.
     *
     * @param value values by name, in place of ours of that name
     */
    public OpenAiSettingsBuilder headers(Map<String, String> value) {
        this.headers = value;
        return this;
    }

    /**
     * {@return this} Adds fields to the body of each request for an answer.
     *
     * @param value texts, numbers, booleans, lists and maps, by name, in place of ours; null takes out one of ours
     */
    public OpenAiSettingsBuilder extraBody(Map<String, Object> value) {
        this.extraBody = value;
        return this;
    }

    /**
     * {@return this} Sets the proxy.
     *
     * @param value chooses it, or null for the JVM's own choice
     */
    public OpenAiSettingsBuilder proxy(@Nullable ProxySelector value) {
        this.proxy = value;
        return this;
    }

    /**
     * {@return this} Sets how connections are made.
     *
     * @param version HTTP/1.1, or HTTP/2 for servers that speak it over TLS
     * @param tls trust and client certificates, or null for the JVM's own
     */
    public OpenAiSettingsBuilder connections(HttpClient.Version version, @Nullable SSLContext tls) {
        this.httpVersion = version;
        this.sslContext = tls;
        return this;
    }

    /**
     * {@return this} Limits how long things take; each above 0.
     *
     * @param connect for a connection to be made
     * @param attempt for one attempt, up to the last byte of its answer
     * @param total for all attempts of one prompt and the waits between them, from its first turn on
     */
    public OpenAiSettingsBuilder timeouts(Duration connect, Duration attempt, Duration total) {
        this.connectTimeout = connect;
        this.attemptTimeout = attempt;
        this.totalTimeout = total;
        return this;
    }

    /**
     * {@return this} Limits how a prompt is tried again.
     *
     * @param attempts how often one prompt is tried; at least 1
     * @param longestDelay between two attempts, whatever the server asks for; above 0
     */
    public OpenAiSettingsBuilder retries(int attempts, Duration longestDelay) {
        this.maxAttempts = attempts;
        this.maxRetryDelay = longestDelay;
        return this;
    }

    /**
     * {@return this} Limits how many requests are at work at once.
     *
     * @param value at least 1
     */
    public OpenAiSettingsBuilder maxInFlight(int value) {
        this.maxInFlight = value;
        return this;
    }

    /**
     * {@return this} Sets what to do where the work may have been done.
     *
     * @param value ask again, or fail
     */
    public OpenAiSettingsBuilder whenMaybeDone(WhenMaybeDone value) {
        this.whenMaybeDone = value;
        return this;
    }

    /**
     * {@return this} Sets the field that limits an answer.
     *
     * @param value the field, or null to decide by server
     */
    public OpenAiSettingsBuilder lengthField(@Nullable LengthField value) {
        this.lengthField = value;
        return this;
    }

    /**
     * {@return this} Sets the way to ask.
     *
     * @param value chat, or legacy completions
     */
    public OpenAiSettingsBuilder endpoint(Endpoint value) {
        this.endpoint = value;
        return this;
    }

    /**
     * {@return this} Sets which parameters the server knows.
     *
     * @param value the dialect, or null to find out
     */
    public OpenAiSettingsBuilder dialect(@Nullable Dialect value) {
        this.dialect = value;
        return this;
    }

    /**
     * Ends the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if one is out of its range; the message names it, the value and the range
     * @throws NullPointerException if one is null that may not be
     */
    public OpenAiSettings build() {
        return new OpenAiSettings(
                apiKeySupplier,
                baseUrl,
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
                OpenAiTraffic.defaults());
    }
}
