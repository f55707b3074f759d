package io.github.ultrafeedback.onnx.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ultrafeedback.error.ModelLoadException;
import io.github.ultrafeedback.onnx.device.Device;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClassPathCheckTest {
    private static final String BOTH = "com.microsoft.onnxruntime:onnxruntime (CPU) or"
            + " com.microsoft.onnxruntime:onnxruntime_gpu (CUDA 12, x86-64 Linux and Windows), never both";

    @TempDir
    Path folder;

    /** Opens the model; prints the type and the message of what that throws. */
    static final class OpenModel {
        private OpenModel() {}

        public static void main(String[] args) {
            try (OnnxModel model =
                    OnnxRuntime.open(ModelFolder.open(Path.of(args[0]), null), RuntimeOptions.on(Device.CPU))) {
                System.out.println("opened on " + model.device());
            } catch (ModelLoadException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    @Test
    void aClassPathWithoutRuntimeNamesBothArtifacts() throws Exception {
        ChildJvm.Output output = new ChildJvm()
                .without(entry -> entry.contains("onnxruntime"))
                .run(OpenModel.class, TinyModel.folder().toString());
        assertThat(output.out())
                .contains("ModelLoadException")
                .contains("not on the class path")
                .contains(BOTH);
        assertThat(output.exitCode()).isZero();
    }

    @Test
    void aClassPathWithTwoRuntimesIsRefusedAndBothAreNamed() throws Exception {
        ChildJvm.Output output = new ChildJvm()
                .with(fakeRuntime("second"))
                .run(OpenModel.class, TinyModel.folder().toString());
        assertThat(output.out())
                .contains("ModelLoadException")
                .contains("2 builds of ONNX Runtime")
                .contains("second")
                .contains(".jar")
                .contains(BOTH);
    }

    @Test
    void oneRuntimeIsFineAndTheSameOneSeenTwiceToo() throws Exception {
        ChildJvm.Output output =
                new ChildJvm().run(OpenModel.class, TinyModel.folder().toString());
        assertThat(output.out()).contains("opened on CPU");
        assertThat(output.err()).isEmpty();
        URL[] one = {fakeRuntime("one").toUri().toURL()};
        try (URLClassLoader parent = new URLClassLoader(one, null);
                URLClassLoader child = new URLClassLoader(one, parent)) {
            ClassPathCheck.requireOneRuntime(child);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, aarch64, osx-aarch64",
        "Windows 11, amd64, win-x64",
        "Darwin, arm64, osx-aarch64"
    })
    void platformsWithNativesPass(String osName, String osArch, String platform) {
        assertThat(ClassPathCheck.platform(osName, osArch)).isEqualTo(platform);
        ClassPathCheck.requirePlatform(osName, osArch, false);
    }

    @ParameterizedTest
    @CsvSource({
        "Mac OS X, x86_64, osx-x64",
        "Windows 11, aarch64, win-aarch64",
        "Linux, riscv64, linux-riscv64",
        "FreeBSD, amd64, freebsd-x64"
    })
    void otherPlatformsAreNamedUnlessTheUserHasNativesOfTheirOwn(String osName, String osArch, String platform) {
        assertThatExceptionOfType(ModelLoadException.class)
                .isThrownBy(() -> ClassPathCheck.requirePlatform(osName, osArch, false))
                .withMessageContaining(platform)
                .withMessageContaining("linux-x64, linux-aarch64, osx-aarch64, win-x64");
        ClassPathCheck.requirePlatform(osName, osArch, true);
    }

    @Test
    void nativesThatDoNotLoadAreATypedError() throws Exception {
        ChildJvm.Output output = new ChildJvm()
                .option("-Donnxruntime.native.path=" + folder)
                .run(OpenModel.class, TinyModel.folder().toString());
        assertThat(output.out()).contains("ModelLoadException").contains("natives do not load");
    }

    private Path fakeRuntime(String name) throws IOException {
        Path root = folder.resolve(name);
        Path marker = root.resolve("ai/onnxruntime/OrtEnvironment.class");
        Files.createDirectories(marker.getParent());
        Files.write(marker, new byte[0]);
        return root;
    }
}
