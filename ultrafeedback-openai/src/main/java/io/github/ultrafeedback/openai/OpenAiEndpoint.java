package io.github.ultrafeedback.openai;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of several places that answer, or one of several keys to the same place. All must speak the same dialect and know
 * the model by the same name. Its text shows neither address nor key.
 *
 * @param name how {@link OpenAiLoad} calls it; not blank, and no secret
 * @param baseUrl where the API begins; null for that of the {@link OpenAiSettings}
 * @param apiKey gives the key, asked before each attempt; null for that of the {@link OpenAiSettings}
 * @param weight its share of the load beside the others'; at least 1
 */
public record OpenAiEndpoint(
        String name, @Nullable String baseUrl, @Nullable Supplier<String> apiKey, int weight) {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if the name is blank or the weight below 1
     */
    public OpenAiEndpoint {
        Objects.requireNonNull(name, "name must not be null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of an endpoint must not be blank; give each one of its own");
        }
        if (weight < 1) {
            throw new IllegalArgumentException(
                    "weight of endpoint '" + name + "' must be at least 1, got " + weight + "; leave the endpoint out");
        }
    }

    /**
     * A server that is asked with the key of the settings, with weight 1.
     *
     * @param name how {@link OpenAiLoad} calls it
     * @param baseUrl where the API begins
     * @return the endpoint
     */
    public static OpenAiEndpoint at(String name, String baseUrl) {
        return new OpenAiEndpoint(name, baseUrl, null, 1);
    }

    /**
     * Another key to the server of the settings, with weight 1.
     *
     * @param name how {@link OpenAiLoad} calls it
     * @param key the key
     * @return the endpoint
     */
    public static OpenAiEndpoint withKey(String name, String key) {
        return new OpenAiEndpoint(name, null, () -> key, 1);
    }

    /** Names it, and nothing that could be a secret. */
    @Override
    public String toString() {
        return "OpenAiEndpoint[name=" + name + ", weight=" + weight + "]";
    }
}
