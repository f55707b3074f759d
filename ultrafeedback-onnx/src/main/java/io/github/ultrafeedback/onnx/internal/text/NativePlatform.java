package io.github.ultrafeedback.onnx.internal.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where DJL's tokenizer library has native code, and how it is kept from using the network. */
final class NativePlatform {
    private static final String SUPPORTED = "it runs on Linux x86_64 and aarch64 (glibc 2.34 or newer, not musl), macOS"
            + " aarch64 and Windows x86_64";

    private NativePlatform() {}

    /**
     * Forbids DJL its telemetry and its downloads (of CUDA builds of the library, on machines with an NVIDIA GPU). What
     * the user has set, as a property or in the environment, stays. To be called before DJL's first class loads.
     */
    static void stayOffline() {
        setUnlessSet("ai.djl.offline", "DJL_OFFLINE");
        setUnlessSet("OPT_OUT_TRACKING", "OPT_OUT_TRACKING");
    }

    private static void setUnlessSet(String property, String variable) {
        if (System.getProperty(property) == null && System.getenv(variable) == null) {
            System.setProperty(property, "true");
        }
    }

    /** What is wrong with a platform, as the JVM's {@code os.name} and {@code os.arch} say it, or null. */
    static @Nullable String problem(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean x86 = osArch.equals("amd64") || osArch.equals("x86_64");
        boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        boolean supported =
                os.startsWith("linux") ? x86 || arm : os.startsWith("mac") ? arm : os.startsWith("windows") && x86;
        return supported
                ? null
                : "the tokenizer library (DJL) has no native code for " + osName + " " + osArch + "; " + SUPPORTED;
    }

    /** What to say when the native library did not load on a platform that should have it. */
    static String loadFailure() {
        return "the tokenizer library (DJL) could not load its native code on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + "; " + SUPPORTED
                + ", and needs a writable cache folder (~/.djl.ai, or the one DJL_CACHE_DIR names)";
    }
}
