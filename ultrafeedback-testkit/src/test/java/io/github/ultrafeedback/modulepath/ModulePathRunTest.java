package io.github.ultrafeedback.modulepath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ultrafeedback.testkit.ModulePathRun;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ModulePathRunTest {
    private static final Pattern CORE = Pattern.compile("(ultrafeedback-core|slf4j-api|jspecify).*\\.jar");

    @Test
    void whatTheProbePrintedIsGivenBack() throws Exception {
        assertThat(run(CORE, "0")).contains("module io.github.ultrafeedback.core");
    }

    @Test
    void anotherStatusThanZeroFailsWithWhatTheProbePrinted() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(CORE, "3"))
                .withMessageContaining("module io.github.ultrafeedback.core")
                .withMessageContaining("3");
    }

    @Test
    void aJarThatTheTestDoesNotNameStaysOffThePath() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(Pattern.compile("ultrafeedback-core.*\\.jar"), "0"))
                .withMessageContaining("org.slf4j not found");
    }

    private static String run(Pattern jars, String status) throws Exception {
        return ModulePathRun.output("io.github.ultrafeedback.core", jars, ModulePathProbe.class, status);
    }
}
