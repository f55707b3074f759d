package io.github.ultrafeedback.onnx.internal.model;

/** What a model has made and closes with itself. */
interface OpenDecoder extends AutoCloseable {
    /** Frees the native memory. Awaits a running call; idempotent. May be called from any thread. */
    @Override
    void close();
}
