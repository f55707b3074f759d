package io.github.ultrafeedback.onnx.internal.model;

import io.github.ultrafeedback.error.ModelLoadException;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for ONNX Runtime before any class of it is touched, since users bring it themselves: none, two, or one without
 * natives for the platform would otherwise end in a bare linkage error. Knows no type of the runtime.
 */
final class ClassPathCheck {
    static final String CPU_ARTIFACT = "com.microsoft.onnxruntime:onnxruntime";
    static final String CUDA_ARTIFACT = "com.microsoft.onnxruntime:onnxruntime_gpu";

    private static final String CHOICE =
            CPU_ARTIFACT + " (CPU) or " + CUDA_ARTIFACT + " (CUDA 12, x86-64 Linux and Windows), never both";
    private static final String MARKER = "ai/onnxruntime/OrtEnvironment.class";
    /** Where the natives of ONNX Runtime and of the tokenizer library both exist. */
    private static final List<String> PLATFORMS = List.of("linux-x64", "linux-aarch64", "osx-aarch64", "win-x64");

    private ClassPathCheck() {}

    /** Refuses a class path without exactly one runtime. */
    static void requireOneRuntime(ClassLoader loader) {
        // The same jar may be seen twice, through a class loader and its parent.
        Set<String> found = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(MARKER))) {
                found.add(url.toString().replace("!/" + MARKER, "").replace(MARKER, ""));
            }
        } catch (IOException e) {
            throw new ModelLoadException("The class path cannot be searched for ONNX Runtime", e);
        }
        if (found.isEmpty()) {
            throw new ModelLoadException(
                    "ONNX Runtime is not on the class path. Add one of its two builds as a dependency: " + CHOICE
                            + ".");
        }
        if (found.size() > 1) {
            throw new ModelLoadException("There are " + found.size() + " builds of ONNX Runtime on the class path: "
                    + found
                    + ". They hold the same classes, so which natives load is a matter of luck. Keep one: " + CHOICE
                    + ".");
        }
    }

    /** Refuses a platform without natives, unless the user named a folder with natives of their own. */
    static void requirePlatform(String osName, String osArch, boolean ownNatives) {
        String platform = platform(osName, osArch);
        if (!ownNatives && !PLATFORMS.contains(platform)) {
            throw new ModelLoadException("ONNX Runtime has no natives for the platform " + platform + " (os.name "
                    + osName + ", os.arch " + osArch + "). There are some for " + PLATFORMS
                    + "; elsewhere build them and name their folder with -Donnxruntime.native.path.");
        }
    }

    /** The platform as ONNX Runtime spells it in its jar: operating system and architecture. */
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        String system = os.contains("win") && !os.contains("darwin")
                ? "win"
                : os.contains("mac") || os.contains("darwin") ? "osx" : os.contains("linux") ? "linux" : os;
        return switch (arch) {
            case "amd64", "x86_64", "x64" -> system + "-x64";
            case "aarch64", "arm64" -> system + "-aarch64";
            default -> system + "-" + arch;
        };
    }
}
