package io.github.ultrafeedback.batch;

import io.github.ultrafeedback.BackendSettings;
import java.util.Objects;

/**
 * How many prompts run at once, and in how much memory. How the model itself is run (device, threads, graph,
 * truncation) is said by {@link io.github.ultrafeedback.onnx.OnnxSettings} beside it, as for the sequential backend.
 * Immutable; made by {@link #builder()}.
 *
 * @param slots sequences that run at once, 1 to 1024; 0, the default, takes 32 or as many as {@code cacheBytes} gives
 *     room
 * @param cacheBytes memory for the keys and values of all slots, in bytes; 0, the default, takes a quarter of the
 *     machine's
 * @param maxLength the most tokens that a prompt and its answer may come to, at least 2; 0, the default, takes the
 *     model's context, or what {@code cacheBytes} gives room
 * @param prefillTokens prompt tokens that every step has room for, however many sequences draw tokens: a step has
 *     {@code slots + prefillTokens} at most; 64 by default
 * @param chunk prompt tokens of one run at most, 3 to 64; a smaller one makes steps shorter; 64 by default
 * @param prefixReuse whether a prompt copies what it shares with the beginning of another; true by default
 * @param selfTest whether opening checks on this machine that a prompt's numbers are the same alone and in company;
 *     true by default
 * @param onClose what becomes of requests when the generator is closed; {@link OnClose#CANCEL} by default
 */
public record BatchSettings(
        int slots,
        long cacheBytes,
        int maxLength,
        int prefillTokens,
        int chunk,
        boolean prefixReuse,
        boolean selfTest,
        OnClose onClose)
        implements BackendSettings {
    private static final BatchSettings DEFAULTS = builder().build();

    /** What becomes of the requests that are queued or running when a generator is closed. */
    public enum OnClose {
        /** They end with {@link io.github.ultrafeedback.error.GeneratorClosedException}. */
        CANCEL,
        /** They are answered first; {@code close} waits for them. */
        DRAIN
    }

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a setting is out of its range
     * @throws NullPointerException if {@code onClose} is null
     */
    public BatchSettings {
        require("slots", slots, 0, 1024, "0 takes as many as fit");
        require("cacheBytes", cacheBytes, 0, Long.MAX_VALUE, "0 takes a quarter of the machine's memory");
        if (maxLength != 0) {
            require("maxLength", maxLength, 2, Integer.MAX_VALUE, "0 takes the model's context");
        }
        require("prefillTokens", prefillTokens, Chunks.LEAST, 1 << 20, "64 is the default");
        require("chunk", chunk, Chunks.LEAST, Chunks.MOST, "64 is the default");
        Objects.requireNonNull(onClose, "onClose must not be null");
    }

    private static void require(String name, long value, long least, long most, String advice) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be in [" + least + ", " + most + "], got " + value + "; " + advice);
        }
    }

    /**
     * The default of every setting.
     *
     * @return the defaults
     */
    public static BatchSettings defaults() {
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
        private int slots;
        private long cacheBytes;
        private int maxLength;
        private int prefillTokens = 64;
        private int chunk = Chunks.MOST;
        private boolean prefixReuse = true;
        private boolean selfTest = true;
        private OnClose onClose = OnClose.CANCEL;

        private Builder() {}

        /**
         * Sets how many sequences run at once.
         *
         * @param value 1 to 1024; 0 takes as many as fit, 32 at most
         * @return this
         */
        public Builder slots(int value) {
            this.slots = value;
            return this;
        }

        /**
         * Sets how much memory the keys and values of all slots may take.
         *
         * @param value bytes; 0 takes a quarter of the machine's memory
         * @return this
         */
        public Builder cacheBytes(long value) {
            this.cacheBytes = value;
            return this;
        }

        /**
         * Sets how long a prompt and its answer may be together.
         *
         * @param value tokens, at least 2; 0 takes the model's context
         * @return this
         */
        public Builder maxLength(int value) {
            this.maxLength = value;
            return this;
        }

        /**
         * Sets how many prompt tokens every step has room for.
         *
         * @param value at least 3
         * @return this
         */
        public Builder prefillTokens(int value) {
            this.prefillTokens = value;
            return this;
        }

        /**
         * Sets how many prompt tokens go into one run.
         *
         * @param value 3 to 64
         * @return this
         */
        public Builder chunk(int value) {
            this.chunk = value;
            return this;
        }

        /**
         * Sets whether prompts copy what they share with others.
         *
         * @param value false computes every prompt whole
         * @return this
         */
        public Builder prefixReuse(boolean value) {
            this.prefixReuse = value;
            return this;
        }

        /**
         * Sets whether opening checks that company changes no numbers.
         *
         * @param value false opens a little faster
         * @return this
         */
        public Builder selfTest(boolean value) {
            this.selfTest = value;
            return this;
        }

        /**
         * Sets what becomes of requests at closing.
         *
         * @param value cancel or drain
         * @return this
         */
        public Builder onClose(OnClose value) {
            this.onClose = value;
            return this;
        }

        /**
         * Ends the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if a setting is out of its range
         */
        public BatchSettings build() {
            return new BatchSettings(
                    slots, cacheBytes, maxLength, prefillTokens, chunk, prefixReuse, selfTest, onClose);
        }
    }
}
