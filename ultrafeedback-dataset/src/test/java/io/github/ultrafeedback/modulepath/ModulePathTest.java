package io.github.ultrafeedback.modulepath;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.testkit.ModulePathRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModulePathTest {
    /** The jars that the module needs; test libraries stay off the path. */
    private static final Pattern NEEDED =
            Pattern.compile("(ultrafeedback-|jackson-|sqlite-jdbc|slf4j-api|jspecify).*\\.jar");

    @TempDir
    Path folder;

    @Test
    void aJobRunsOnTheModulePath() throws Exception {
        String output = ModulePathRun.output(
                "io.github.ultrafeedback.dataset", NEEDED, ModulePathProbe.class, folder.toString());
        assertThat(output)
                .contains("modules io.github.ultrafeedback.core io.github.ultrafeedback.dataset, end FINISHED, done 1");
        assertThat(Files.readString(folder.resolve("records.jsonl"))).contains("Hello", "echoed");
    }
}
