package io.github.ultrafeedback.modulepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ModulePathTest {
    /** What the module needs, beside our own classes; test libraries stay off the path. */
    private static final Pattern NEEDED =
            Pattern.compile("(api-0|tokenizers|jna|commons-|gson|jackson-|onnxruntime|slf4j-api|jspecify).*\\.jar");

    @Test
    void theProviderIsFoundAndGeneratesOnTheModulePath() throws Exception {
        List<String> classPath =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        String modules =
                classPath.stream().filter(ModulePathTest::needed).collect(Collectors.joining(File.pathSeparator));
        String probe = classPath.stream()
                .filter(entry -> entry.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modules,
                        "--add-modules",
                        "io.github.ultrafeedback.batch,jdk.incubator.vector",
                        "-cp",
                        probe,
                        ModulePathProbe.class.getName(),
                        System.getProperty("ultrafeedback.tiny"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("modules io.github.ultrafeedback.core io.github.ultrafeedback.batch, tokens true");
    }

    private static boolean needed(String entry) {
        String name = Path.of(entry).getFileName().toString();
        boolean ours = !entry.contains("testkit") && (name.equals("classes") || name.startsWith("ultrafeedback-"));
        return ours || NEEDED.matcher(name).matches();
    }
}
