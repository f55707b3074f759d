package io.github.ultrafeedback.onnx.device;

/**
 * The hardware that runs the graph. Nothing falls back in silence: {@link #CUDA} either works or fails with an error
 * that names what is missing, and {@link #AUTO} logs which one it took.
 */
public enum Device {
    /** The processor. Works with either build of ONNX Runtime. The default. */
    CPU,
    /**
     * An NVIDIA GPU through CUDA 12. Needs {@code com.microsoft.onnxruntime:onnxruntime_gpu} on the class path in place
     * of {@code com.microsoft.onnxruntime:onnxruntime}, and a graph whose operators all have CUDA kernels.
     */
    CUDA,
    /** {@link #CUDA} where it works for the model at hand, else {@link #CPU}; the log says which and why. */
    AUTO
}
