package io.github.ultrafeedback.micrometer;

import static io.github.ultrafeedback.micrometer.Fixture.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.RateLimitedException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.testkit.FakeGenerator;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tags of the meters: the same keys throughout, and no text of a prompt or an error. */
final class TagsTest {
    private final Fixture fixture = new Fixture();

    @Test
    void noTextBecomesATag() {
        GenerationRequest secret =
                GenerationRequest.of(Prompt.of("plum secret").withId("plum id"), SamplingParams.defaults());
        fixture.listener.submitted(secret);
        fixture.listener.started(secret);
        fixture.listener.retried(secret, 1, Duration.ZERO, new RateLimitedException("plum message", null));
        fixture.listener.failed(secret, new ServerException("plum message", null, Certainty.REFUSED));
        assertThat(fixture.tags()).noneMatch(tag -> tag.contains("plum")).hasSize(5);
    }

    @Test
    void allSeriesOfOneNameHaveTheSameKeysAsPrometheusWants() {
        try (FakeGenerator generator = fixture.generator()
                .fail("boom", new ServerException("down", null, Certainty.REFUSED))
                .build()) {
            generator.submit(CHAT).join();
            assertThat(generator.submit(GenerationRequest.of(Prompt.raw("boom"))))
                    .failsWithin(Duration.ofMinutes(1));
        }
        assertThat(fixture.registry.get("gen_ai.client.operation.duration").timers())
                .hasSize(2)
                .extracting(meter -> keys(meter))
                .containsOnly(
                        List.of("error.type", "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model"));
    }

    @Test
    void aModelWithoutASchemeHasAnUnknownProvider() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerListener unused = new MicrometerListener(registry, "gpt-4");
        assertThat(registry.get("ultrafeedback.client.queued").gauge().getId().getTags())
                .extracting(tag -> tag.getKey() + "=" + tag.getValue())
                .containsExactly("gen_ai.provider.name=unknown", "gen_ai.request.model=gpt-4");
        assertThat(unused).isNotNull();
    }

    private static List<String> keys(Meter meter) {
        return meter.getId().getTags().stream().map(tag -> tag.getKey()).toList();
    }
}
