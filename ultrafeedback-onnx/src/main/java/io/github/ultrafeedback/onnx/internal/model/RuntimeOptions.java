package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.onnx.device.Device;
import java.util.Objects;

/**
 * How the runtime runs a graph.
 *
 * @param device the hardware
 * @param threads threads of one run on the CPU, 1 to 1024; more than the machine has cores makes it slower
 */
public record RuntimeOptions(Device device, int threads) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code threads} is out of range
     * @throws NullPointerException if {@code device} is null
     */
    public RuntimeOptions {
        Objects.requireNonNull(device, "device must not be null");
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads must be in [1, 1024], got " + threads);
        }
    }

    /**
     * One thread for each processor that the JVM sees.
     *
     * @param device the hardware
     * @return options with the default thread count
     */
    public static RuntimeOptions on(Device device) {
        return new RuntimeOptions(device, Runtime.getRuntime().availableProcessors());
    }

    /**
     * As many threads as asked for, or the default.
     *
     * @param device the hardware
     * @param threads threads of one run on the CPU, 1 to 1024; 0 for {@link #on}
     * @return options with that thread count
     * @throws IllegalArgumentException if {@code threads} is out of range
     */
    public static RuntimeOptions of(Device device, int threads) {
        return threads == 0 ? on(device) : new RuntimeOptions(device, threads);
    }
}
