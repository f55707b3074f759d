package io.github.ultrafeedback.micrometer;

import static io.github.ultrafeedback.micrometer.Fixture.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.testkit.FakeGenerator;
import io.github.ultrafeedback.testkit.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The gauges of what waits and what is at work, also where several generators share them. */
final class LoadGaugesTest {
    private final Fixture fixture = new Fixture();

    @Test
    void theGaugesShowWhatWaitsAndWhatIsAtWork() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        try (FakeGenerator generator = fixture.generator()
                .concurrency(1)
                .script((request, index) -> Reply.text("so").after(gate))
                .build()) {
            List<CompletableFuture<Completion>> futures =
                    List.of(generator.submit(CHAT), generator.submit(CHAT), generator.submit(CHAT));
            generator.submit(CHAT).cancel(true);
            while (fixture.gauge("ultrafeedback.client.queued") != 2) {
                Thread.onSpinWait();
            }
            assertThat(fixture.gauge("ultrafeedback.client.in_flight")).isEqualTo(1);
            gate.complete(null);
            futures.forEach(CompletableFuture::join);
        }
        assertThat(fixture.gauge("ultrafeedback.client.queued")).isZero();
        assertThat(fixture.gauge("ultrafeedback.client.in_flight")).isZero();
    }

    @Test
    void generatorsOfOneModelShareTheGauges() {
        MicrometerListener second = new MicrometerListener(fixture.registry, Fixture.MODEL);
        MicrometerListener other = new MicrometerListener(fixture.registry, "openai:gpt-5");
        fixture.listener.load(5, 2);
        second.load(1, 1);
        other.load(100, 100);
        fixture.listener.load(3, 2);
        assertThat(fixture.registry
                        .get("ultrafeedback.client.queued")
                        .tag("gen_ai.request.model", "gpt-4")
                        .gauge()
                        .value())
                .isEqualTo(4);
        fixture.listener.load(0, 0);
        assertThat(fixture.registry
                        .get("ultrafeedback.client.in_flight")
                        .tag("gen_ai.request.model", "gpt-4")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void aRegistryThatWasClearedShowsTheGaugesOfTheNextListener() {
        fixture.registry.clear();
        new MicrometerListener(fixture.registry, Fixture.MODEL).load(2, 1);
        assertThat(fixture.gauge("ultrafeedback.client.queued")).isEqualTo(2);
    }
}
