package io.github.ultrafeedback.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The load of all generators of one model in one registry: two gauges that show the sum. A registry takes a gauge once
 * and ignores the next one of that name, so listeners of the same model, at once or one after the other, share theirs.
 * Safe for concurrent use.
 */
final class Load {
    // Weak by registry; what it leads to does not lead back to the registry.
    private static final Map<MeterRegistry, Map<Tags, Load>> LOADS = new WeakHashMap<>();

    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();

    private Load() {}

    /** The load of a model, shown in the registry. */
    static Load of(MeterRegistry registry, Tags model) {
        Load load;
        synchronized (LOADS) {
            load = LOADS.computeIfAbsent(registry, unused -> new HashMap<>())
                    .computeIfAbsent(model, unused -> new Load());
        }
        load.show(registry, model);
        return load;
    }

    private void show(MeterRegistry registry, Tags model) {
        show(registry, model, Conventions.QUEUED, "Requests that wait.", queued);
        show(registry, model, Conventions.IN_FLIGHT, "Requests at work.", inFlight);
    }

    /** Looks first, since a registry warns of a gauge that it has. */
    private static void show(MeterRegistry registry, Tags model, String name, String description, AtomicInteger value) {
        if (registry.find(name).tags(model).gauge() == null) {
            Gauge.builder(name, value, AtomicInteger::get)
                    .description(description)
                    .tags(model)
                    .strongReference(true)
                    .register(registry);
        }
    }

    void add(int moreQueued, int moreInFlight) {
        queued.addAndGet(moreQueued);
        inFlight.addAndGet(moreInFlight);
    }
}
