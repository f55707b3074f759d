package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OnnxJavaType;
import org.jspecify.annotations.Nullable;

/** How a graph stores the numbers of its KV cache. */
public enum KvType {
    /** Four bytes, as computed. */
    FLOAT32(OnnxJavaType.FLOAT, 4),
    /** Two bytes. */
    FLOAT16(OnnxJavaType.FLOAT16, 2),
    /** One byte; the scales are constants of the graph. */
    INT8(OnnxJavaType.INT8, 1);

    private final OnnxJavaType onnxType;
    private final int bytes;

    KvType(OnnxJavaType onnxType, int bytes) {
        this.onnxType = onnxType;
        this.bytes = bytes;
    }

    static @Nullable KvType of(OnnxJavaType type) {
        for (KvType kv : values()) {
            if (kv.onnxType == type) {
                return kv;
            }
        }
        return null;
    }

    OnnxJavaType onnxType() {
        return onnxType;
    }

    /**
     * Size of one number.
     *
     * @return bytes
     */
    public int bytes() {
        return bytes;
    }
}
