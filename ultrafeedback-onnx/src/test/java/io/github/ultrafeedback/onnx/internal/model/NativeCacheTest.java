package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeCacheTest {
    private static final List<String> CPU = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");
    private static final List<String> CUDA = List.of(
            "libonnxruntime.so",
            "libonnxruntime4j_jni.so",
            "libonnxruntime_providers_shared.so",
            "libonnxruntime_providers_cuda.so");

    @TempDir
    Path folder;

    @Test
    void theCudaBuildIsUnpackedWholeAndOnce() throws IOException {
        try (URLClassLoader loader = jar("one", CUDA)) {
            NativeCache cache = new NativeCache(loader, "linux-x64", folder.resolve("cache"));
            Path unpacked = cache.unpack().orElseThrow();
            assertThat(names(unpacked)).containsExactlyInAnyOrderElementsOf(CUDA);
            assertThat(unpacked.resolve(CUDA.get(3))).hasContent("one " + CUDA.get(3));
            Files.setLastModifiedTime(unpacked.resolve(CUDA.get(0)), FileTime.fromMillis(0));
            assertThat(cache.unpack()).hasValue(unpacked);
            assertThat(Files.getLastModifiedTime(unpacked.resolve(CUDA.get(0))).toMillis())
                    .isZero();
            assertThat(names(folder.resolve("cache"))).hasSize(1);
        }
    }

    @Test
    void anotherBuildGetsAnotherFolder() throws IOException {
        try (URLClassLoader one = jar("one", CUDA);
                URLClassLoader two = jar("two", CUDA)) {
            Path first = new NativeCache(one, "linux-x64", folder.resolve("cache"))
                    .unpack()
                    .orElseThrow();
            Path second = new NativeCache(two, "linux-x64", folder.resolve("cache"))
                    .unpack()
                    .orElseThrow();
            assertThat(second).isNotEqualTo(first);
            assertThat(second.resolve(CUDA.get(3))).hasContent("two " + CUDA.get(3));
        }
    }

    @Test
    void theCpuBuildIsLeftAlone() throws IOException {
        try (URLClassLoader loader = jar("one", CPU)) {
            assertThat(new NativeCache(loader, "linux-x64", folder.resolve("cache")).unpack())
                    .isEmpty();
            assertThat(folder.resolve("cache")).doesNotExist();
        }
    }

    @Test
    void aFolderThatIsNotWholeIsAnErrorAndNothingUnfinishedStays() throws IOException {
        try (URLClassLoader loader = jar("one", CUDA)) {
            NativeCache cache = new NativeCache(loader, "linux-x64", folder.resolve("cache"));
            Path unpacked = cache.unpack().orElseThrow();
            Files.writeString(unpacked.resolve(CUDA.get(3)), "cut");
            assertThatIOException().isThrownBy(cache::unpack).withMessageContaining("delete it");
            assertThat(names(folder.resolve("cache")))
                    .containsExactly(unpacked.getFileName().toString());
        }
    }

    private URLClassLoader jar(String name, List<String> libraries) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String library : libraries) {
                zip.putNextEntry(new ZipEntry("ai/onnxruntime/native/linux-x64/" + library));
                zip.write((name + " " + library).getBytes(StandardCharsets.UTF_8));
            }
        }
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
