package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.testkit.ScriptedServer;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A server of batches and the generators that ask it, all of which it closes. */
final class BatchBench implements AutoCloseable {
    final FakeBatches fake = new FakeBatches();
    final SkippingTime time = new SkippingTime(Duration.ofMinutes(5));
    final List<BatchHandle> stored = new ArrayList<>();
    final OpenAiBatchGenerator generator;
    final ScriptedServer server;
    private final BatchLimits limits;
    private final OpenAiSettingsBuilder settings;
    private final List<OpenAiBatchGenerator> others = new ArrayList<>();

    BatchBench() {
        this(BatchLimits.OPENAI, Loopback.openAi());
    }

    BatchBench(BatchLimits limits, OpenAiSettingsBuilder settings) {
        this(limits, settings, null);
    }

    BatchBench(
            BatchLimits limits, OpenAiSettingsBuilder settings, @Nullable Function<ServerRequest, ServerReply> script) {
        this.limits = limits;
        fake.limits = limits;
        server = ScriptedServer.start(script == null ? fake : script);
        settings.baseUrl(server.url() + "/v1").apiKey(Planted.KEY);
        this.settings = settings;
        generator = open(time);
    }

    private OpenAiBatchGenerator open(Time ofIt) {
        GeneratorOptions options =
                GeneratorOptions.builder().settings(settings.build()).build();
        Ambient ambient = new Ambient(ofIt, new Random(1), Map.of());
        return OpenAiBatchGenerator.open(ModelRef.parse("openai:gpt-4"), options, ambient, limits);
    }

    /** As another process would. */
    OpenAiBatchGenerator another() {
        OpenAiBatchGenerator other = open(new SkippingTime());
        others.add(other);
        return other;
    }

    /** Requests named p0, p1 and so on, each asking its own name. */
    static List<GenerationRequest> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> GenerationRequest.of(Prompt.of("p" + i).withId("p" + i)))
                .toList();
    }

    BatchHandle submit(List<GenerationRequest> requests) {
        return generator.submitBatch(requests, stored::add);
    }

    /** Waits for the end and collects. */
    List<Outcome> finish(BatchHandle handle, List<GenerationRequest> requests) {
        BatchStatus unused = generator.awaitEnd(handle).join();
        return generator.collect(handle, requests);
    }

    static Completion answer(Outcome outcome) {
        return ((Outcome.Success) outcome).completion();
    }

    static GenerationException failure(Outcome outcome) {
        return ((Outcome.Failure) outcome).cause();
    }

    @Override
    public void close() {
        others.forEach(OpenAiBatchGenerator::close);
        generator.close();
        server.close();
    }
}
