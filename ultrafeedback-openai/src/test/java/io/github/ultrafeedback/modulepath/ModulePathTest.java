package io.github.ultrafeedback.modulepath;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.testkit.ModulePathRun;
import io.github.ultrafeedback.testkit.ScriptedServer;
import io.github.ultrafeedback.testkit.ServerReply;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ModulePathTest {
    /** The jars that the module needs; test libraries stay off the path. */
    private static final Pattern NEEDED =
            Pattern.compile("(ultrafeedback-|jackson-|failsafe|slf4j-api|jspecify).*\\.jar");

    private static final String ANSWER =
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

    @Test
    void theProviderIsFoundAndAsksOnTheModulePath() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(r -> ServerReply.json(200, ANSWER))) {
            String output = ModulePathRun.output(
                    "io.github.ultrafeedback.openai", NEEDED, ModulePathProbe.class, server.url() + "/v1");
            assertThat(output).contains("modules io.github.ultrafeedback.core io.github.ultrafeedback.openai, text Hi");
        }
    }
}
