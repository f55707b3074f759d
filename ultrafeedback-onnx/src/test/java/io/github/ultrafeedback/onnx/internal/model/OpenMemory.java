package io.github.ultrafeedback.onnx.internal.model;

/** Native memory that is open in this process, for tests of other packages that look for what was left behind. */
public final class OpenMemory {
    private OpenMemory() {}

    public static int count() {
        return NativeMemory.openCount();
    }
}
