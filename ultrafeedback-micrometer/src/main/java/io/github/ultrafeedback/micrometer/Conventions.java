package io.github.ultrafeedback.micrometer;

import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.GenerationException;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * Every name that reaches a registry, in one place. What starts with {@code gen_ai} or {@code error} is taken from
 * OpenTelemetry's semantic conventions for generative AI (client metrics, status "development", as in their own
 * repository {@code semantic-conventions-genai} in October 2026); they know no queue and no retry, so these names are
 * ours. No base unit is set: Prometheus then shows the very names that OpenTelemetry's own exporter gives.
 */
final class Conventions {
    static final String OPERATION_DURATION = "gen_ai.client.operation.duration";
    static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
    static final String TOKEN_USAGE = "gen_ai.client.token.usage";
    static final String QUEUE_DURATION = "ultrafeedback.client.queue.duration";
    static final String RETRIES = "ultrafeedback.client.retries";
    static final String QUEUED = "ultrafeedback.client.queued";
    static final String IN_FLIGHT = "ultrafeedback.client.in_flight";

    static final String OPERATION_NAME = "gen_ai.operation.name";
    static final String PROVIDER_NAME = "gen_ai.provider.name";
    static final String REQUEST_MODEL = "gen_ai.request.model";
    static final String TOKEN_TYPE = "gen_ai.token.type";
    static final String ERROR_TYPE = "error.type";

    static final String CHAT = "chat";
    static final String TEXT_COMPLETION = "text_completion";
    static final String INPUT = "input";
    static final String OUTPUT = "output";

    /**
     * Said where no error is: Prometheus wants the same keys on all series of a name, so the key cannot be left out.
     */
    static final String NO_ERROR = "none";

    /** Said where the model's name has no scheme. */
    static final String UNKNOWN_PROVIDER = "unknown";

    private static final int DURATION_BUCKETS = 14;
    private static final int TOKEN_BUCKETS = 14;

    private Conventions() {}

    /** Bounds of the buckets of all durations: 10 ms, then each twice the one before. */
    static Duration[] durationBuckets() {
        Duration[] bounds = new Duration[DURATION_BUCKETS];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Duration.ofMillis(10L << i);
        }
        return bounds;
    }

    /** Bounds of the buckets of token counts: the powers of four. */
    static double[] tokenBuckets() {
        return DoubleStream.iterate(1, bound -> bound * 4).limit(TOKEN_BUCKETS).toArray();
    }

    /** The tags that all meters of a model have. */
    static Tags model(ModelRef model) {
        String scheme = model.scheme();
        return Tags.of(PROVIDER_NAME, scheme == null ? UNKNOWN_PROVIDER : scheme, REQUEST_MODEL, model.name());
    }

    /** What is asked of the model: to go on with a text, or to answer in a chat. */
    static String operation(Prompt prompt) {
        return prompt.isRaw() ? TEXT_COMPLETION : CHAT;
    }

    /** The class alone: a message differs from one failure to the next, and each would be a series of its own. */
    static String errorType(GenerationException cause) {
        return cause.getClass().getName();
    }
}
