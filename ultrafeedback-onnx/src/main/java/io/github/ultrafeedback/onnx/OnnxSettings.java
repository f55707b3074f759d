package io.github.ultrafeedback.onnx;

import io.github.ultrafeedback.BackendSettings;
import io.github.ultrafeedback.onnx.device.Device;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model folder is run. Immutable; made by {@link #builder()}.
 *
 * @param device where to run; {@link Device#CPU} by default
 * @param threads threads of one forward pass; 0, one for each processor, by default
 * @param graph file name of the graph within the folder, for example {@code model_w8a8.onnx}; null, the folder's own
 *     choice, by default
 * @param chatTemplate name of the chat template to use where the folder has several; {@code default} by default
 * @param truncation what to do with a prompt that is too long; {@link Truncation#NONE} by default
 * @param profile whose habits to take on; {@link PipelineProfile#PLAIN} by default
 */
public record OnnxSettings(
        Device device,
        int threads,
        @Nullable String graph,
        String chatTemplate,
        Truncation truncation,
        PipelineProfile profile)
        implements BackendSettings {
    private static final OnnxSettings DEFAULTS = builder().build();

    /**
     * Checks the settings.
     *
     * @throws NullPointerException if anything but {@code graph} is null
     * @throws IllegalArgumentException if {@code threads} is negative
     */
    public OnnxSettings {
        Objects.requireNonNull(device, "device must not be null");
        Objects.requireNonNull(chatTemplate, "chatTemplate must not be null");
        Objects.requireNonNull(truncation, "truncation must not be null");
        Objects.requireNonNull(profile, "profile must not be null");
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "threads must be at least 0, got " + threads + "; 0 takes one for each processor");
        }
    }

    /**
     * The default of every setting.
     *
     * @return the defaults
     */
    public static OnnxSettings defaults() {
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

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private Device device = Device.CPU;
        private int threads;
        private @Nullable String graph;
        private String chatTemplate = "default";
        private Truncation truncation = Truncation.NONE;
        private PipelineProfile profile = PipelineProfile.PLAIN;

        private Builder() {}

        /**
         * Sets where to run.
         *
         * @param value the device
         * @return this
         */
        public Builder device(Device value) {
            this.device = value;
            return this;
        }

        /**
         * Sets the threads of one forward pass.
         *
         * @param value at least 0; 0 takes one for each processor
         * @return this
         */
        public Builder threads(int value) {
            this.threads = value;
            return this;
        }

        /**
         * Chooses a graph of the folder.
         *
         * @param value its file name, or null for the folder's own choice
         * @return this
         */
        public Builder graph(@Nullable String value) {
            this.graph = value;
            return this;
        }

        /**
         * Chooses a chat template of a folder that has several, for example {@code rag}.
         *
         * @param value its name
         * @return this
         */
        public Builder chatTemplate(String value) {
            this.chatTemplate = value;
            return this;
        }

        /**
         * Sets what to do with a prompt that is too long.
         *
         * @param value the mode
         * @return this
         */
        public Builder truncation(Truncation value) {
            this.truncation = value;
            return this;
        }

        /**
         * Sets whose habits to take on.
         *
         * @param value the profile
         * @return this
         */
        public Builder profile(PipelineProfile value) {
            this.profile = value;
            return this;
        }

        /**
         * Ends the settings.
         *
         * @return the settings
         * @throws NullPointerException if a setting but the graph is null
         * @throws IllegalArgumentException if a setting is out of its range
         */
        public OnnxSettings build() {
            return new OnnxSettings(device, threads, graph, chatTemplate, truncation, profile);
        }
    }
}
