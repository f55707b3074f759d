package io.github.ultrafeedback.micrometer;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.testkit.FakeClock;
import io.github.ultrafeedback.testkit.FakeGenerator;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A registry whose time stands still until the test advances it, and a listener bound to it. */
final class Fixture {
    static final String MODEL = "openai:gpt-4";
    static final GenerationRequest CHAT = GenerationRequest.of(Prompt.of("a river"));

    final FakeClock time = new FakeClock();
    final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new Clock() {
        @Override
        public long wallTime() {
            return time.millis();
        }

        @Override
        public long monotonicTime() {
            return time.nanoTime();
        }
    });
    final MicrometerListener listener = new MicrometerListener(registry, MODEL);

    FakeGenerator.Builder generator() {
        return FakeGenerator.builder()
                .clock(time)
                .options(GeneratorOptions.builder().listener(listener).build());
    }

    double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    /** Every tag that stands in the registry, as key=value; the registry's own, of its buckets, left out. */
    Set<String> tags() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .filter(tag -> !tag.getKey().equals("le"))
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
