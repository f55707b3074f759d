package io.github.ultrafeedback.testkit;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.GenerationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A generator without a model: it answers what the test scripts, and everything else in words that follow from the
 * seed. It keeps the whole contract: seeds, choices, stop strings, streaming, the bound of the queue, cancelling,
 * closing and listeners. Safe for concurrent use.
 *
 * <pre>{@code
 * try (FakeGenerator generator = FakeGenerator.builder()
 *         .answer("What is 2 + 2?", "4")
 *         .fail("Boom", new ServerException("down", null, Certainty.REFUSED))
 *         .build()) {
 *     assertThat(generator.generate(List.of(Prompt.of("What is 2 + 2?"))).get(0).text()).isEqualTo("4");
 * }
 * }</pre>
 *
 * <p>It has no logits: all its words are equally likely, and parameters that shape logits are taken but change nothing.
 * Its tokens are words with the space before them. Temperature 0 gives the same words under every seed.
 */
public final class FakeGenerator implements Generator {
    private static final int MOST_IN_FLIGHT = 256;

    private final Builder settings;
    private final FakeEngine engine;

    private FakeGenerator(Builder settings) {
        this.settings = settings;
        this.engine = new FakeEngine(settings);
    }

    /**
     * A generator that answers every prompt in words.
     *
     * @return a generator without a script
     */
    public static FakeGenerator create() {
        return builder().build();
    }

    /**
     * Starts without a script, with the default options.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ModelRef model() {
        return settings.model;
    }

    @Override
    public CompletableFuture<Completion> submit(GenerationRequest request) {
        return engine.submit(Objects.requireNonNull(request, "request must not be null"));
    }

    @Override
    public int window() {
        return Math.min(MOST_IN_FLIGHT, settings.options.maxQueued());
    }

    /** Waits for a listener or script that runs, so that nothing is heard of this generator afterwards. */
    @Override
    public void close() {
        engine.close();
    }

    /** Collects a script. Not thread-safe. */
    public static final class Builder {
        final Map<String, Predicate<SamplingParams>> refusals = new LinkedHashMap<>();
        ModelRef model = ModelRef.parse("fake:words");
        GeneratorOptions options = GeneratorOptions.defaults();
        LongSupplier nanos = System::nanoTime;
        int concurrency = 8;
        long seed;
        private final Map<String, Reply> replies = new HashMap<>();
        private Script script = (request, index) -> Reply.words();

        private Builder() {}

        private Builder(Builder other) {
            refusals.putAll(other.refusals);
            replies.putAll(other.replies);
            model = other.model;
            options = other.options;
            nanos = other.nanos;
            concurrency = other.concurrency;
            seed = other.seed;
            script = other.script;
        }

        Reply reply(FakeCall call) {
            Reply reply = replies.get(FakeCall.text(call.request.prompt()));
            return reply != null ? reply : script.reply(call.request, call.index);
        }

        /**
         * Scripts the reply to one text.
         *
         * @param prompt the text of a raw prompt, or the contents of all messages of a chat, a line each
         * @param reply what is replied, each time it is asked
         * @return this
         */
        public Builder reply(String prompt, Reply reply) {
            replies.put(prompt, Objects.requireNonNull(reply, "reply must not be null; use Reply.words()"));
            return this;
        }

        /**
         * Scripts the answer to one text.
         *
         * @param prompt as in {@link #reply}
         * @param text the text of each choice
         * @return this
         */
        public Builder answer(String prompt, String text) {
            return reply(prompt, Reply.text(text));
        }

        /**
         * Scripts a failure.
         *
         * @param prompt as in {@link #reply}
         * @param cause what the request ends with
         * @return this
         */
        public Builder fail(String prompt, GenerationException cause) {
            return reply(prompt, Reply.failure(cause));
        }

        /**
         * Scripts all that no text was scripted for.
         *
         * @param value the script; {@link Reply#words()} to everything by default
         * @return this
         */
        public Builder script(Script value) {
            this.script = Objects.requireNonNull(value, "script must not be null");
            return this;
        }

        /**
         * Refuses requests, as a backend does that cannot honour a parameter.
         *
         * @param field name of the parameter, for the message
         * @param refused which requests to refuse
         * @return this
         */
        public Builder refuse(String field, Predicate<SamplingParams> refused) {
            refusals.put(field, refused);
            return this;
        }

        /**
         * Sets the name of the model.
         *
         * @param value with or without a scheme; {@code fake:words} by default
         * @return this
         */
        public Builder model(String value) {
            this.model = ModelRef.parse(value);
            return this;
        }

        /**
         * Sets the options, of which the bound of the queue and the listener count.
         *
         * @param value the options
         * @return this
         */
        public Builder options(GeneratorOptions value) {
            this.options = Objects.requireNonNull(value, "options must not be null");
            return this;
        }

        /**
         * Sets how many requests are worked on at once; those that are held back count.
         *
         * @param value at least 1; 8 by default
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder concurrency(int value) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        "concurrency must be at least 1, got " + value + "; 1 works on one request after the other");
            }
            this.concurrency = value;
            return this;
        }

        /**
         * Sets the clock that latencies are measured by.
         *
         * @param value the clock; the machine's own by default
         * @return this
         */
        public Builder clock(FakeClock value) {
            this.nanos = value::nanoTime;
            return this;
        }

        /**
         * Sets where the seeds of requests that name none come from: seed and number of the request.
         *
         * @param value any value; 0 by default
         * @return this
         */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /**
         * Opens the generator.
         *
         * @return a generator that the test closes
         */
        public FakeGenerator build() {
            FakeGenerator generator = new FakeGenerator(new Builder(this));
            generator.engine.start();
            return generator;
        }
    }
}
