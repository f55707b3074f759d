package io.github.ultrafeedback.modulepath;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.testkit.ScriptedServer;
import io.github.ultrafeedback.testkit.ServerReply;
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
    private static final Pattern NEEDED = Pattern.compile("(jackson-|failsafe|slf4j-api|jspecify).*\\.jar");

    private static final String ANSWER =
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

    @Test
    void theProviderIsFoundAndAsksOnTheModulePath() throws Exception {
        List<String> classPath =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        String modules =
                classPath.stream().filter(ModulePathTest::needed).collect(Collectors.joining(File.pathSeparator));
        String probe = classPath.stream()
                .filter(entry -> entry.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
        try (ScriptedServer server = ScriptedServer.start(r -> ServerReply.json(200, ANSWER))) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--module-path",
                            modules,
                            "--add-modules",
                            "io.github.ultrafeedback.openai",
                            "-cp",
                            probe,
                            ModulePathProbe.class.getName(),
                            server.url() + "/v1")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("modules io.github.ultrafeedback.core io.github.ultrafeedback.openai, text Hi");
        }
    }

    private static boolean needed(String entry) {
        String name = Path.of(entry).getFileName().toString();
        boolean ours = !entry.contains("testkit") && (name.equals("classes") || name.startsWith("ultrafeedback-"));
        return ours || NEEDED.matcher(name).matches();
    }
}
