package io.github.ultrafeedback.openai;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where requests go, and how many at a time. Part of {@link OpenAiSettings}.
 *
 * @param endpoints where to ask: the least loaded by weight that is not failing; none, for the place that the settings
 *     name, by default. One whose key, model or money is no good is asked no more while others are left, and its
 *     requests go to those; the last one's failure ends the run
 * @param limits the limits of each endpoint; may be changed while a generator runs; those that headers tell by default
 * @param listener hears when a limit changes, and when an endpoint rests or comes back; called by one thread at a time,
 *     must return soon; what it throws is dropped; hears nothing by default
 */
public record OpenAiTraffic(List<OpenAiEndpoint> endpoints, OpenAiLimits limits, Consumer<OpenAiLoad> listener) {
    /**
     * Checks the parts and copies the list.
     *
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if two endpoints have the same name
     */
    public OpenAiTraffic {
        endpoints = List.copyOf(endpoints);
        Objects.requireNonNull(limits, "limits must not be null; use new OpenAiLimits()");
        Objects.requireNonNull(listener, "listener must not be null; use load -> {}");
        Set<String> names = new HashSet<>();
        for (OpenAiEndpoint endpoint : endpoints) {
            if (!names.add(endpoint.name())) {
                throw new IllegalArgumentException(
                        "endpoints must have names of their own, got '" + endpoint.name() + "' twice; rename one");
            }
        }
    }

    /** The endpoints, or the one that the settings are. */
    List<OpenAiEndpoint> places() {
        return endpoints.isEmpty() ? List.of(new OpenAiEndpoint("default", null, null, 1)) : endpoints;
    }

    /**
     * One endpoint, that of the settings, and the limits that the server tells.
     *
     * @return the defaults, with limits of their own
     */
    public static OpenAiTraffic defaults() {
        return of(new OpenAiLimits());
    }

    /**
     * One endpoint, that of the settings.
     *
     * @param limits its limits
     * @return traffic without a listener
     */
    public static OpenAiTraffic of(OpenAiLimits limits) {
        return new OpenAiTraffic(List.of(), limits, load -> {});
    }
}
