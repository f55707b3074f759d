package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.ModelLoadException;

/**
 * The door to ONNX Runtime, which users bring themselves. It names no type of the runtime, so it loads without one and
 * can say what is missing; every class behind it needs the runtime to load.
 */
public final class OnnxRuntime {
    private OnnxRuntime() {}

    /**
     * Loads the graph of a folder.
     *
     * @param folder what to load
     * @param options device and threads
     * @return the open graph; close it
     * @throws ModelLoadException if ONNX Runtime is missing, there twice or without natives for the platform; if
     *     weights are missing; if the device does not work; or if the graph has inputs that nobody can feed
     */
    public static OnnxModel open(ModelFolder folder, RuntimeOptions options) {
        ClassPathCheck.requireOneRuntime(OnnxRuntime.class.getClassLoader());
        try {
            return OnnxModel.open(folder, options);
        } catch (LinkageError e) {
            throw new ModelLoadException(
                    "The ONNX Runtime on the class path is not one that this version works with (it was built with"
                            + " 1.29): " + e + ". Take the version that the UltraFeedback BOM names.",
                    e);
        }
    }
}
