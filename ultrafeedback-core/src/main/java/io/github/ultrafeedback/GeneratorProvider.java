package io.github.ultrafeedback;

/**
 * Opens the generators of one backend. Found by {@link java.util.ServiceLoader}: name the class in
 * {@code META-INF/services/io.github.ultrafeedback.GeneratorProvider}, and in {@code module-info} where there is one.
 * Needs a public constructor without parameters. Safe for concurrent use.
 */
public interface GeneratorProvider {

    /**
     * The scheme that asks for this provider by name, as in {@code openai:gpt-4}.
     *
     * @return lower-case letters, digits, {@code +}, {@code .} or {@code -}; at least two characters, the first a
     *     letter
     */
    String name();

    /**
     * Which models this provider takes, in words, for error messages.
     *
     * @return half a sentence, for example {@code models named gpt-*, or any with a base URL}
     */
    String describe();

    /**
     * Whether this provider would run a model that no scheme assigns. Must be quick and must not load anything.
     *
     * @param model the model, without a scheme
     * @param options the options it would be opened with
     * @return true to be considered
     */
    boolean supports(ModelRef model, GeneratorOptions options);

    /**
     * Who goes first where several providers support a model: the highest.
     *
     * @return 0 by default
     */
    default int priority() {
        return 0;
    }

    /**
     * Opens a generator.
     *
     * @param model the model, with or without this provider's scheme
     * @param options settings; those of other backends are to be passed over
     * @return a generator that the caller closes
     * @throws io.github.ultrafeedback.error.GenerationException if it cannot be opened; nothing stays open then
     */
    Generator open(ModelRef model, GeneratorOptions options);
}
