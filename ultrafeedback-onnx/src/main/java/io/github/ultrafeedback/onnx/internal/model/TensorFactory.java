package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;

/** Makes tensors over memory of ours. The runtime does, and in tests what fails half way. */
@FunctionalInterface
interface TensorFactory {
    OnnxTensor create(ByteBuffer memory, long[] shape, OnnxJavaType type) throws OrtException;

    static TensorFactory of(OrtEnvironment environment) {
        return (memory, shape, type) -> OnnxTensor.createTensor(environment, memory, shape, type);
    }
}
