package io.github.ultrafeedback.modulepath;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.testkit.ModulePathRun;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ModulePathTest {
    /** The jars that the module needs; test libraries stay off the path. */
    private static final Pattern NEEDED = Pattern.compile(
            "(ultrafeedback-|api-0|tokenizers|jna|commons-|gson|jackson-|onnxruntime|slf4j-api|jspecify)" + ".*\\.jar");

    @Test
    void theProviderIsFoundAndGeneratesOnTheModulePath() throws Exception {
        String output = ModulePathRun.output(
                "io.github.ultrafeedback.batch,jdk.incubator.vector",
                NEEDED,
                ModulePathProbe.class,
                System.getProperty("ultrafeedback.tiny"));
        assertThat(output).contains("modules io.github.ultrafeedback.core io.github.ultrafeedback.batch, tokens true");
    }
}
