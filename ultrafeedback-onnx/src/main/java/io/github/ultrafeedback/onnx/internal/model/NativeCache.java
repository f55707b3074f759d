package io.github.ultrafeedback.onnx.internal.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Unpacks the natives of the CUDA build once. Left alone, the runtime copies 582 MB into the temporary folder at each
 * start of a JVM, which takes seconds and, where that folder is in memory, the memory too. The folder carries the
 * checksum of the CUDA library in its name, so another version gets another folder; it appears by an atomic rename, so
 * it is whole or not there.
 */
final class NativeCache {
    /** System property with the folder to unpack into. Default: {@code ~/.cache/ultrafeedback}. */
    static final String FOLDER_PROPERTY = "ultrafeedback.native.cache";

    private static final List<String> NAMES =
            List.of("onnxruntime", "onnxruntime4j_jni", "onnxruntime_providers_shared", "onnxruntime_providers_cuda");

    private final ClassLoader loader;
    private final String platform;
    private final Path folder;

    NativeCache(ClassLoader loader, String platform, Path folder) {
        this.loader = loader;
        this.platform = platform;
        this.folder = folder;
    }

    static Path defaultFolder() {
        String named = System.getProperty(FOLDER_PROPERTY);
        return named != null
                ? Path.of(named)
                : Path.of(System.getProperty("user.home", "."), ".cache", "ultrafeedback");
    }

    /** The folder with all natives, unpacked now if need be; empty where the class path has no CUDA build. */
    Optional<Path> unpack() throws IOException {
        List<URL> libraries = new ArrayList<>();
        for (String name : NAMES) {
            URL url = loader.getResource("ai/onnxruntime/native/" + platform + "/" + fileName(name));
            if (url == null) {
                return Optional.empty();
            }
            libraries.add(url);
        }
        Path target = folder.resolve("onnxruntime-" + platform + "-" + checksum(libraries.get(NAMES.size() - 1)));
        if (!isWhole(target, libraries)) {
            unpack(libraries, target);
        }
        return Optional.of(target);
    }

    private String fileName(String name) {
        return platform.startsWith("win") ? name + ".dll" : "lib" + name + ".so";
    }

    private static String checksum(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        return connection instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : Long.toString(connection.getContentLengthLong());
    }

    private static boolean isWhole(Path target, List<URL> libraries) throws IOException {
        for (URL library : libraries) {
            Path file = target.resolve(fileName(library));
            if (!Files.isRegularFile(file) || Files.size(file) != length(library)) {
                return false;
            }
        }
        return true;
    }

    private static long length(URL library) throws IOException {
        URLConnection connection = library.openConnection();
        return connection.getContentLengthLong();
    }

    private static String fileName(URL library) {
        String path = library.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void unpack(List<URL> libraries, Path target) throws IOException {
        Path unfinished = folder.resolve("unfinished-" + UUID.randomUUID());
        Files.createDirectories(unfinished);
        try {
            for (URL library : libraries) {
                try (InputStream in = library.openStream()) {
                    Files.copy(in, unfinished.resolve(fileName(library)));
                }
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            remove(unfinished);
            // Another process may have been first: then its folder is as good as ours.
            if (!isWhole(target, libraries)) {
                throw Files.exists(target) ? new IOException("'" + target + "' is damaged: delete it", e) : e;
            }
        }
    }

    private static void remove(Path unfinished) throws IOException {
        for (String name : List.of("lib%s.so", "%s.dll")) {
            for (String library : NAMES) {
                Files.deleteIfExists(unfinished.resolve(String.format(name, library)));
            }
        }
        Files.deleteIfExists(unfinished);
    }
}
