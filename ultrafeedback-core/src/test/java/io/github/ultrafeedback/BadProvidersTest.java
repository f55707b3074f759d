package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.ModelNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers on a class path of the test's own, bad ones first. */
final class BadProvidersTest {
    private static final String ALL = "return true;";
    private static final int MAJOR_VERSION = 6; // offset of the class file version's upper half
    private static final String SERVICES = "META-INF/services/io.github.ultrafeedback.GeneratorProvider";

    @TempDir
    private Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader loader;

    @BeforeEach
    void compileProviders() throws IOException {
        Javac.compile(
                folder,
                Map.of(
                        "Throws.java", Javac.provider("Throws", "throws", "throw new RuntimeException(\"boom\");", ALL),
                        "Stranger.java", "package made; public final class Stranger {}",
                        "Newer.java", Javac.provider("Newer", "newer", "", ALL),
                        "Asked.java",
                                Javac.provider("Asked", "asked", "", "throw new RuntimeException(\"do not ask\");"),
                        "Nameless.java",
                                Javac.provider("Nameless", "nameless", "", ALL)
                                        .replace("return \"nameless\";", "return null;"),
                        "Good.java", Javac.provider("Good", "good", "", "return model.name().startsWith(\"good\");")),
                "-cp",
                Javac.home(Generators.class));
        Path newer = folder.resolve("made/Newer.class");
        byte[] bytes = Files.readAllBytes(newer);
        bytes[MAJOR_VERSION + 1] = (byte) (Runtime.version().feature() + 45); // one more than this JVM reads
        Files.write(newer, bytes);
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Generators.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void restore() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private void register(String... lines) {
        Javac.write(folder.resolve(SERVICES), String.join("\n", lines) + "\n");
    }

    @Test
    void aGoodProviderIsFoundAmongBadOnes() {
        register(
                "made.Throws",
                "made.Newer",
                "made.Missing",
                "made.Stranger",
                "made.Nameless",
                "made.Asked",
                "made.Good");
        try (Generator generator = Generators.forModel("good-model")) {
            assertThat(generator.model()).isEqualTo(new ModelRef("good", "good-model"));
        }
    }

    @Test
    void theErrorNamesEachBadProviderAndItsTrouble() {
        register(
                "made.Throws",
                "made.Newer",
                "made.Missing",
                "made.Stranger",
                "made.Nameless",
                "made.Asked",
                "made.Good");
        assertNotFound(() -> Generators.forModel("nobody-knows"))
                .hasMessageContaining("Found: asked (all that asked takes), good (all that good takes).")
                .hasMessageContaining("made.Throws: ServiceConfigurationError")
                .hasMessageContaining("caused by java.lang.RuntimeException: boom")
                .hasMessageContaining("UnsupportedClassVersionError (made/Newer")
                .hasMessageContaining("made.Missing not found")
                .hasMessageContaining("made.Stranger not a subtype")
                .hasMessageContaining("made.Nameless: NullPointerException (name() must not return null)")
                .hasMessageContaining("made.Asked: RuntimeException (do not ask)");
    }

    @Test
    void aSchemeOfABadProviderNamesTheTrouble() {
        register("made.Newer");
        assertNotFound(() -> Generators.forModel("onnx:m"))
                .hasMessageContaining("No provider was found on the class path. Passed over: Unsupp")
                .hasMessageContaining("Add the dependency io.github.ultrafeedback:ultrafeedback-onnx.");
    }

    @Test
    void aFileThatCannotBeReadIsReportedOnce() {
        register("this is no class name", "made.Good");
        assertNotFound(() -> Generators.forModel("nobody-knows")).hasMessageContaining(SERVICES);
    }

    @Test
    void withoutAContextClassLoaderOursIsAsked() {
        register("made.Good");
        Thread.currentThread().setContextClassLoader(null);
        assertNotFound(() -> Generators.forModel("good-model"))
                .hasMessageContaining("No provider was found on the class path.");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertNotFound(
            ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(ModelNotFoundException.class);
    }
}
