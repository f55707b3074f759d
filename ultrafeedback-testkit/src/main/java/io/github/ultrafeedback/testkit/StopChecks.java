package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.FinishReason;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Stop strings, without knowing what the model will say: it says something, the test picks pieces of that as stop
 * strings, and the same seed must give the same text up to there.
 */
final class StopChecks {
    private static final int TOKENS = 24;
    private static final String UNDECODED = "\uFFFD"; // of bytes that the limit cut; not to be told from real ones

    private final GeneratorContract backend;

    StopChecks(GeneratorContract backend) {
        this.backend = backend;
    }

    void stops(boolean includeStop) {
        assumeFalse(backend.unsupported().contains("stop"), "the backend takes no stop strings");
        assumeFalse(
                includeStop && backend.unsupported().contains("includeStop"),
                "the backend always cuts the stop string off");
        try (Trial trial = new Trial(backend)) {
            for (int seed = 1; seed <= 4; seed++) {
                String full = trial.answer(trial.request(seed, params(seed))).text();
                Random random = new Random(seed);
                for (int count = 1; count <= 3; count++) {
                    List<String> stops = pieces(full, count, random);
                    SamplingParams params = params(seed).toBuilder()
                            .stop(stops)
                            .includeStop(includeStop)
                            .build();
                    assertStopped(trial.answer(trial.request(seed, params)), full, stops, includeStop);
                }
            }
        }
    }

    /** Text that can be had again: by a seed, else because it is the likeliest. */
    SamplingParams params(long seed) {
        SamplingParams params = backend.exactly(TOKENS);
        return backend.reproducible()
                ? params.withSeed(seed)
                : params.toBuilder().temperature(0).build();
    }

    /** Pieces of the text, of one to six characters, anywhere. */
    static List<String> pieces(String full, int count, Random random) {
        int decoded = full.contains(UNDECODED) ? full.indexOf(UNDECODED) : full.length();
        assertThat(decoded)
                .as("characters of an answer of " + TOKENS + " tokens")
                .isPositive();
        List<String> pieces = new ArrayList<>();
        while (pieces.size() < count) {
            int start = random.nextInt(decoded);
            int end = Math.min(decoded, start + 1 + random.nextInt(6));
            String piece = full.substring(start, end);
            if (piece.codePoints().noneMatch(StopChecks::surrogate)) { // half a character is no text
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static boolean surrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** The plain rule: after each character, every stop string is tried as an ending, in their order. */
    static void assertStopped(Completion completion, String full, List<String> stops, boolean includeStop) {
        for (int end = 1; end <= full.length(); end++) {
            for (String stop : stops) {
                if (full.substring(0, end).endsWith(stop)) {
                    Choice choice = completion.choices().get(0);
                    assertThat(choice.text())
                            .as("text before the stop string '%s', of '%s'", stop, full)
                            .isEqualTo(full.substring(0, includeStop ? end : end - stop.length()));
                    assertThat(choice.finishReason()).isEqualTo(FinishReason.STOP);
                    if (choice.stopReason() != null) { // not every server says which
                        assertThat(choice.stopReason()).isEqualTo(new StopReason.StopString(stop));
                    }
                    return;
                }
            }
        }
        throw new AssertionError("no stop string is part of the text");
    }

    void lastToken() {
        assumeFalse(backend.unsupported().contains("stop"), "the backend takes no stop strings");
        try (Trial trial = new Trial(backend)) {
            int tried = 0;
            for (int seed = 1; seed <= 20 && tried < 4; seed++) {
                String full = trial.answer(trial.request(seed, params(seed))).text();
                if (!full.isEmpty() && !full.contains(UNDECODED)) {
                    tried++;
                    List<String> stop = List.of(ending(full));
                    SamplingParams params = params(seed).toBuilder().stop(stop).build();
                    assertStopped(trial.answer(trial.request(seed, params)), full, stop, false);
                }
            }
            assertThat(tried).as("answers that end with a whole character").isPositive();
        }
    }

    /** The shortest ending that the text holds nowhere else. */
    private static String ending(String full) {
        for (int start = full.length() - 1; start > 0; start--) {
            boolean whole = !Character.isLowSurrogate(full.charAt(start));
            if (whole && full.indexOf(full.substring(start)) == start) {
                return full.substring(start);
            }
        }
        return full;
    }
}
