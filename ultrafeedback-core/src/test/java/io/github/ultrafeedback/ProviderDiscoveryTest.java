package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A provider is found on the class path and on the module path, each by a JVM of its own. */
final class ProviderDiscoveryTest {
    private static final String LIBRARIES =
            Javac.home(Generators.class) + File.pathSeparator + Javac.home(LoggerFactory.class);
    private static final String MAIN = """
            package made;

            import io.github.ultrafeedback.*;

            public final class Main {
                public static void main(String[] args) throws Exception {
                    if (args.length > 0) { // a loader that sees nothing of ours
                        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
                    }
                    try (Generator generator = Generators.forModel("made-model")) {
                        System.out.println("opened " + generator.model() + " in " + Main.class.getModule());
                    }
                }
            }
            """;
    private static final String MODULE = """
            module made {
                requires io.github.ultrafeedback.core;
                provides io.github.ultrafeedback.GeneratorProvider with made.Made;
            }
            """;
    private static final String PROVIDER =
            Javac.provider("Made", "made", "", "return model.name().startsWith(\"made\");");

    @TempDir
    private Path folder;

    private String onTheClassPath(String... arguments) throws IOException, InterruptedException {
        Javac.compile(folder, Map.of("Made.java", PROVIDER, "Main.java", MAIN), "-cp", LIBRARIES);
        Javac.write(folder.resolve("META-INF/services/io.github.ultrafeedback.GeneratorProvider"), "made.Made\n");
        List<String> command = new ArrayList<>(List.of("-cp", folder + File.pathSeparator + LIBRARIES, "made.Main"));
        command.addAll(List.of(arguments));
        return java(command);
    }

    @Test
    void aProviderIsFoundOnTheClassPath() throws IOException, InterruptedException {
        assertThat(onTheClassPath()).contains("opened made:made-model in unnamed module");
    }

    @Test
    void aProviderIsFoundThoughTheLoaderOfTheThreadDoesNotSeeIt() throws IOException, InterruptedException {
        assertThat(onTheClassPath("hide")).contains("opened made:made-model in unnamed module");
    }

    @Test
    void aProviderIsFoundOnTheModulePath() throws IOException, InterruptedException {
        Map<String, String> sources = Map.of("module-info.java", MODULE, "Made.java", PROVIDER, "Main.java", MAIN);
        Javac.compile(folder, sources, "-p", LIBRARIES + File.pathSeparator + jspecify());
        assertThat(java(List.of("-p", folder + File.pathSeparator + LIBRARIES, "-m", "made/made.Main")))
                .contains("opened made:made-model in module made");
    }

    /** Needed to compile against core, as Maven does for a user; not needed to run. */
    private static String jspecify() {
        String path = System.getProperty("java.class.path", "")
                + File.pathSeparator
                + System.getProperty("jdk.module.path", "");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("jspecify-"))
                .findFirst()
                .orElseThrow();
    }

    private static String java(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
