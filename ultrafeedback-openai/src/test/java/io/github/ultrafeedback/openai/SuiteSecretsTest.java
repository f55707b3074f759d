package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.ServerException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last and looks for planted keys and prompts in all that the tests of this module have brought to light. */
@Order(Integer.MAX_VALUE)
final class SuiteSecretsTest {
    private static final String BAIT = "bait: " + Planted.KEY;

    private static String type(RecordedEvent event) {
        return event.getClass("thrownClass").getName();
    }

    /** Exceptions of the JDK and of libraries that ours swallow may quote the server: no caller sees them. */
    private static boolean ours(RecordedEvent event) {
        if (type(event).startsWith("io.github.ultrafeedback.")) {
            return true;
        }
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .map(frame -> frame.getMethod())
                        .filter(method -> !method.getName().equals("<init>"))
                        .findFirst()
                        .map(SuiteSecretsTest::ours)
                        .orElse(false);
    }

    private static boolean ours(RecordedMethod method) {
        String type = method.getType().getName();
        return type.startsWith("io.github.ultrafeedback.") && !type.contains(".testkit.") && !type.contains("Test");
    }

    @Test
    void noExceptionOfTheWholeSuiteHoldsAKeyOrAPrompt() throws IOException {
        ServerException bait = new ServerException(BAIT, null, Certainty.REFUSED); // seen, or the rest proves nothing
        List<RecordedEvent> all = SuiteWatch.running().exceptions().stream()
                .filter(event -> event.getString("message") != null)
                .toList();
        assertThat(all).as("bait %s", bait.certainty()).anyMatch(event -> BAIT.equals(event.getString("message")));
        assertThat(all.stream()
                        .filter(SuiteSecretsTest::ours)
                        .map(event -> type(event) + ": " + Objects.toString(event.getString("message")))
                        .filter(shown -> !shown.endsWith(BAIT))
                        .filter(Planted::in))
                .isEmpty();
    }

    @Test
    void noPrintedLineOfTheWholeSuiteHoldsAKeyOrAPrompt() {
        System.err.println("(a line of the suite)");
        assertThat(SuiteWatch.running().lines())
                .contains("(a line of the suite)")
                .noneMatch(Planted::in);
    }
}
