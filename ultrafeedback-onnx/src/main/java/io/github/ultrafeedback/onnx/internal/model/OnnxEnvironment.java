package io.github.ultrafeedback.onnx.internal.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.device.Device;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtime's environment, of which a process has one. Made at first use, never closed. */
final class OnnxEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxEnvironment.class);
    private static final String NATIVE_PATH = "onnxruntime.native.path";

    private static @Nullable OrtEnvironment environment;

    private OnnxEnvironment() {}

    static synchronized OrtEnvironment get(Device device) {
        if (environment == null) {
            environment = create(device);
        }
        return environment;
    }

    private static OrtEnvironment create(Device device) {
        ClassLoader loader = OnnxEnvironment.class.getClassLoader();
        String osName = System.getProperty("os.name", "?");
        String osArch = System.getProperty("os.arch", "?");
        ClassPathCheck.requirePlatform(osName, osArch, System.getProperty(NATIVE_PATH) != null);
        if (device != Device.CPU && System.getProperty(NATIVE_PATH) == null) {
            unpackNatives(
                    new NativeCache(loader, ClassPathCheck.platform(osName, osArch), NativeCache.defaultFolder()));
        }
        try {
            // Fatal only: what fails reaches the caller as an exception, and the runtime would print it to stderr too.
            OrtEnvironment created =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "ultrafeedback");
            created.setTelemetry(false);
            return created;
        } catch (OrtException | LinkageError e) {
            throw new ModelLoadException(
                    "ONNX Runtime is on the class path, but its natives do not load on " + osName + " " + osArch + ": "
                            + e + ". It needs glibc 2.28 or newer (no musl) and a writable java.io.tmpdir.",
                    e);
        }
    }

    private static void unpackNatives(NativeCache cache) {
        try {
            cache.unpack().ifPresent(folder -> System.setProperty(NATIVE_PATH, folder.toString()));
        } catch (IOException e) {
            LOG.warn(
                    "The natives of ONNX Runtime cannot be kept in {} ({}). It will unpack 600 MB at each start; set -D{}.",
                    NativeCache.defaultFolder(),
                    e.toString(),
                    NativeCache.FOLDER_PROPERTY);
        }
    }
}
