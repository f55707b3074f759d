package io.github.ultrafeedback;

import io.github.ultrafeedback.chat.PromptFormat;
import io.github.ultrafeedback.model.PromptProfile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a generator is opened with, beside the model's name. Immutable; made by {@link #builder()}. */
public final class GeneratorOptions {
    private static final GeneratorOptions DEFAULTS = builder().build();

    private final @Nullable Path modelPath;
    private final @Nullable PromptFormat promptFormat;
    private final PromptProfile promptProfile;
    private final int maxQueued;
    private final GeneratorListener listener;
    private final Map<Class<?>, BackendSettings> settings;
    private final Map<String, @Nullable Object> chatTemplateKwargs;

    private GeneratorOptions(Builder builder) {
        this.modelPath = builder.modelPath;
        this.promptFormat = builder.promptFormat;
        this.promptProfile = builder.promptProfile;
        this.maxQueued = builder.maxQueued;
        this.listener = builder.listener;
        this.settings = Map.copyOf(builder.settings);
        this.chatTemplateKwargs = builder.chatTemplateKwargs;
    }

    /**
     * The default of every option.
     *
     * @return the defaults
     */
    public static GeneratorOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The folder of a local model.
     *
     * @return empty by default: the model's name says where it is
     */
    public Optional<Path> modelPath() {
        return Optional.ofNullable(modelPath);
    }

    /**
     * The format that turns chats into text, in place of the model's own.
     *
     * @return empty by default
     */
    public Optional<PromptFormat> promptFormat() {
        return Optional.ofNullable(promptFormat);
    }

    /**
     * Which prompts the UltraFeedback models get.
     *
     * @return {@link PromptProfile#SANE} by default
     */
    public PromptProfile promptProfile() {
        return promptProfile;
    }

    /**
     * Requests that may wait before {@link Generator#submit} refuses more.
     *
     * @return at least 1; 16,384 by default
     */
    public int maxQueued() {
        return maxQueued;
    }

    /**
     * Who hears what the generator does: the listener that was set, wrapped so that it never throws.
     *
     * @return {@link GeneratorListener#NONE} by default
     */
    public GeneratorListener listener() {
        return listener;
    }

    /**
     * The settings of one backend.
     *
     * @param type the backend's own type of settings
     * @param <T> that type
     * @return the settings, or empty where the backend shall use its defaults
     */
    public <T extends BackendSettings> Optional<T> settings(Class<T> type) {
        return Optional.ofNullable(settings.get(type)).map(type::cast);
    }

    /**
     * Extra variables for a model's own chat template, as vLLM's {@code chat_template_kwargs}.
     *
     * @return an unmodifiable map, empty by default
     */
    public Map<String, @Nullable Object> chatTemplateKwargs() {
        return chatTemplateKwargs;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final Map<Class<?>, BackendSettings> settings = new LinkedHashMap<>();
        private @Nullable Path modelPath;
        private @Nullable PromptFormat promptFormat;
        private PromptProfile promptProfile = PromptProfile.SANE;
        private int maxQueued = 16_384;
        private GeneratorListener listener = GeneratorListener.NONE;
        private Map<String, @Nullable Object> chatTemplateKwargs = Map.of();

        private Builder() {}

        /**
         * Sets the folder of a local model.
         *
         * @param value the folder, or null to find it by the model's name
         * @return this
         */
        public Builder modelPath(@Nullable Path value) {
            this.modelPath = value;
            return this;
        }

        /**
         * Sets the format that turns chats into text.
         *
         * @param value the format, or null for the model's own
         * @return this
         */
        public Builder promptFormat(@Nullable PromptFormat value) {
            this.promptFormat = value;
            return this;
        }

        /**
         * Sets which prompts the UltraFeedback models get.
         *
         * @param value the profile
         * @return this
         */
        public Builder promptProfile(PromptProfile value) {
            this.promptProfile = Objects.requireNonNull(value, "promptProfile must not be null");
            return this;
        }

        /**
         * Sets how many requests may wait.
         *
         * @param value at least 1
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxQueued(int value) {
            Checks.atLeast("maxQueued", value, 1, "leave it out for 16,384");
            this.maxQueued = value;
            return this;
        }

        /**
         * Sets who hears what the generator does.
         *
         * @param value the listener
         * @return this
         */
        public Builder listener(GeneratorListener value) {
            Objects.requireNonNull(value, "listener must not be null; use GeneratorListener.NONE");
            this.listener = GeneratorListener.safe(value);
            return this;
        }

        /**
         * Adds the settings of one backend, in place of earlier ones of the same type.
         *
         * @param value the settings
         * @return this
         */
        public Builder settings(BackendSettings value) {
            settings.put(value.getClass(), value);
            return this;
        }

        /**
         * Sets extra variables for the model's own chat template, for example {@code enable_thinking}. A generator that
         * does not render with such a template refuses to open with them.
         *
         * @param value names and values: null, booleans, integers, doubles, strings, lists and maps of these; copied,
         *     not in depth
         * @return this
         */
        public Builder chatTemplateKwargs(Map<String, ? extends @Nullable Object> value) {
            this.chatTemplateKwargs = Collections.unmodifiableMap(new LinkedHashMap<>(value));
            return this;
        }

        /**
         * Ends the options.
         *
         * @return the options
         */
        public GeneratorOptions build() {
            return new GeneratorOptions(this);
        }
    }
}
