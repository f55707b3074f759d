package io.github.ultrafeedback.micrometer;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorListener;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.QueueFullException;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times what a generator does, in a Micrometer registry.
 *
 * <pre>{@code
 * GeneratorOptions options = GeneratorOptions.builder()
 *         .listener(new MicrometerListener(registry, "openai:gpt-4"))
 *         .build();
 * Generator generator = Generators.forModel("openai:gpt-4", options);
 * }</pre>
 *
 * <p>Meters, after OpenTelemetry's conventions where these have a name:
 *
 * <ul>
 *   <li>{@code gen_ai.client.operation.duration}: from the start of the work to its end, retries included; one that
 *       never started is timed from when it was handed in. {@code error.type} is the class of the failure, or
 *       {@code none}.
 *   <li>{@code gen_ai.client.operation.time_to_first_chunk}: from the start of the work to the first token, where the
 *       backend tells of it.
 *   <li>{@code gen_ai.client.token.usage}: tokens of one answer by {@code gen_ai.token.type}, {@code input} or
 *       {@code output}; a count of 0 may mean "not known" and is left out.
 *   <li>{@code ultrafeedback.client.queue.duration}: how long a request waited for the start of the work.
 *   <li>{@code ultrafeedback.client.retries}: attempts that failed and are made again, by {@code error.type}.
 *   <li>{@code ultrafeedback.client.queued} and {@code ultrafeedback.client.in_flight}: the load now, summed over all
 *       generators of the model.
 * </ul>
 *
 * <p>All carry {@code gen_ai.provider.name} (the scheme of the model's name, or {@code unknown}) and
 * {@code gen_ai.request.model}; all but the load also {@code gen_ai.operation.name}, {@code chat} or, for raw prompts,
 * {@code text_completion}. The number of series is bounded by the classes of failures: no id, no text and no message
 * becomes a tag. Durations are read from the registry's clock. Requests that a full queue turned away are not counted,
 * since they are handed in again.
 *
 * <p>Thread-safe. It may listen to one generator; two of the same model need one listener each.
 */
public final class MicrometerListener implements GeneratorListener {
    private final RequestTimes times = new RequestTimes();
    private final Clock clock;
    private final Tags model;
    private final Load load;
    private final MeterProvider<Timer> durations;
    private final MeterProvider<Timer> firstChunks;
    private final MeterProvider<Timer> waits;
    private final MeterProvider<DistributionSummary> tokens;
    private final MeterProvider<Counter> retries;
    private int queued;
    private int inFlight;

    /**
     * Binds a listener to a registry.
     *
     * @param registry where the meters go
     * @param modelName the model's name as the generator is opened with, for example {@code openai:gpt-4}; the value of
     *     a tag, so not one of many names
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if {@code modelName} is no name of a model
     */
    public MicrometerListener(MeterRegistry registry, String modelName) {
        Objects.requireNonNull(registry, "registry must not be null");
        this.clock = registry.config().clock();
        this.model = Conventions.model(ModelRef.parse(modelName));
        this.load = Load.of(registry, model);
        this.durations = timer(registry, Conventions.OPERATION_DURATION, "From the start of the work to its end.");
        this.firstChunks = timer(registry, Conventions.TIME_TO_FIRST_CHUNK, "From the start to the first token.");
        this.waits = timer(registry, Conventions.QUEUE_DURATION, "How long a request waited for its start.");
        this.tokens = DistributionSummary.builder(Conventions.TOKEN_USAGE)
                .description("Tokens of one answer.")
                .serviceLevelObjectives(Conventions.tokenBuckets())
                .withRegistry(registry);
        this.retries = Counter.builder(Conventions.RETRIES)
                .description("Attempts that failed and are made again.")
                .withRegistry(registry);
    }

    private static MeterProvider<Timer> timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(Conventions.durationBuckets())
                .withRegistry(registry);
    }

    @Override
    public void submitted(GenerationRequest request) {
        times.submitted(request, clock.monotonicTime());
    }

    @Override
    public void started(GenerationRequest request) {
        long waited = times.started(request, clock.monotonicTime());
        waits.withTags(tags(request)).record(waited, TimeUnit.NANOSECONDS);
    }

    @Override
    public void firstToken(GenerationRequest request) {
        long taken = times.atWork(request, clock.monotonicTime());
        firstChunks.withTags(tags(request)).record(taken, TimeUnit.NANOSECONDS);
    }

    @Override
    public void finished(GenerationRequest request, Completion completion) {
        ended(request, Conventions.NO_ERROR);
        tokens(request, Conventions.INPUT, completion.usage().promptTokens());
        tokens(request, Conventions.OUTPUT, completion.usage().completionTokens());
    }

    @Override
    public void failed(GenerationRequest request, GenerationException cause) {
        if (cause instanceof QueueFullException) {
            times.turnedAway(request);
            return;
        }
        ended(request, Conventions.errorType(cause));
    }

    @Override
    public void retried(GenerationRequest request, int attempt, Duration delay, GenerationException cause) {
        retries.withTags(tags(request).and(Conventions.ERROR_TYPE, Conventions.errorType(cause)))
                .increment();
    }

    @Override
    public synchronized void load(int newQueued, int newInFlight) {
        load.add(newQueued - queued, newInFlight - inFlight);
        queued = newQueued;
        inFlight = newInFlight;
    }

    /** How many requests have not ended. */
    int known() {
        return times.size();
    }

    private void ended(GenerationRequest request, String error) {
        long taken = times.ended(request, clock.monotonicTime());
        durations.withTags(tags(request).and(Conventions.ERROR_TYPE, error)).record(taken, TimeUnit.NANOSECONDS);
    }

    private void tokens(GenerationRequest request, String type, int count) {
        if (count > 0) {
            tokens.withTags(tags(request).and(Conventions.TOKEN_TYPE, type)).record(count);
        }
    }

    private Tags tags(GenerationRequest request) {
        return model.and(Conventions.OPERATION_NAME, Conventions.operation(request.prompt()));
    }
}
