package io.github.ultrafeedback;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens generators by the name of a model.
 *
 * <pre>{@code
 * try (Generator generator = Generators.forModel("gpt-4")) {
 *     List<Completion> completions = generator.generate(prompts);
 * }
 * }</pre>
 *
 * <p>A scheme before the name, as in {@code onnx:/models/smollm2}, names the provider. Without one, each provider on
 * the class path is asked, and the one of the highest priority that supports the model opens it. A scheme that no
 * provider has, and none of ours, is taken as part of the model's name.
 */
public final class Generators {
    private Generators() {}

    /**
     * Opens a model with {@link GeneratorOptions#defaults()}.
     *
     * @param model the name, with or without a scheme
     * @return a generator that the caller closes
     * @throws IllegalArgumentException if {@code model} is blank
     * @throws io.github.ultrafeedback.error.ModelNotFoundException if no provider takes it; the message lists what was
     *     found and which dependency to add
     * @throws io.github.ultrafeedback.error.AmbiguousProviderException if two providers take it with equal right
     * @throws io.github.ultrafeedback.error.ModelNotRunnableException if no backend can ever run it
     * @throws io.github.ultrafeedback.error.GenerationException if the provider fails to open it
     */
    public static Generator forModel(String model) {
        return forModel(model, GeneratorOptions.defaults());
    }

    /**
     * Opens a model.
     *
     * @param model the name, with or without a scheme
     * @param options settings
     * @return a generator that the caller closes
     * @throws IllegalArgumentException if {@code model} is blank
     * @throws io.github.ultrafeedback.error.GenerationException as {@link #forModel(String)}
     */
    public static Generator forModel(String model, GeneratorOptions options) {
        return builder().model(model).options(options).open();
    }

    /**
     * Starts with no model, the default options and the providers that this thread's context class loader sees; where
     * it sees none, those that the loader of this library sees.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what {@link Generators#forModel(String)} leaves at its default. Not thread-safe. */
    public static final class Builder {
        private @Nullable String model;
        private GeneratorOptions options = GeneratorOptions.defaults();
        private @Nullable List<GeneratorProvider> providers;

        private Builder() {}

        /**
         * Sets the model.
         *
         * @param value the name, with or without a scheme
         * @return this
         */
        public Builder model(String value) {
            this.model = value;
            return this;
        }

        /**
         * Sets the options.
         *
         * @param value settings
         * @return this
         */
        public Builder options(GeneratorOptions value) {
            this.options = Objects.requireNonNull(value, "options must not be null; use GeneratorOptions.defaults()");
            return this;
        }

        /**
         * Takes these providers in place of those on the class path.
         *
         * @param value the only providers to be asked
         * @return this
         */
        public Builder providers(List<GeneratorProvider> value) {
            this.providers = List.copyOf(value);
            return this;
        }

        /**
         * Opens the model.
         *
         * @return a generator that the caller closes
         * @throws IllegalArgumentException if the model is blank
         * @throws NullPointerException if no model was set
         * @throws io.github.ultrafeedback.error.GenerationException as {@link Generators#forModel(String)}
         */
        public Generator open() {
            ModelRef ref = ModelRef.parse(Objects.requireNonNull(model, "model must not be null; call model(name)"));
            return new ProviderChoice(found(), options).open(ref);
        }

        private ProviderLoader.Found found() {
            if (providers != null) {
                return new ProviderLoader.Found(providers, List.of());
            }
            return ProviderLoader.load();
        }
    }
}
