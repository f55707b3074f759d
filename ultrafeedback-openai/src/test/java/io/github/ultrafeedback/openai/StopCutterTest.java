package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StopCutterTest {
    private static String word(Random random, int longest) {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(longest); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private record Cut(String text, String matched) {}

    private static Cut naive(String text, List<String> stops) {
        for (int end = 1; end <= text.length(); end++) {
            for (String stop : stops) {
                if (text.substring(0, end).endsWith(stop)) {
                    return new Cut(text.substring(0, end - stop.length()), stop);
                }
            }
        }
        return new Cut(text, "");
    }

    private static Cut cut(String text, List<String> stops, Random random) {
        StopCutter cutter = new StopCutter(stops);
        StringBuilder given = new StringBuilder();
        String final_ = naive(text, stops).text();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(4));
            given.append(cutter.append(text.substring(from, to)));
            assertThat(final_).as("what was given out stays").startsWith(given.toString());
            from = to;
        }
        given.append(cutter.flush());
        return new Cut(given.toString(), cutter.matched() == null ? "" : cutter.matched());
    }

    private static List<String> stops(Random random, int count) {
        List<String> stops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stops.add(word(random, 4));
        }
        return stops;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyTextIsCutWhereTheNaiveRuleCuts(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String text = word(random, 20);
            List<String> stops = stops(random, random.nextInt(6));
            assertThat(cut(text, stops, random))
                    .as("seed %s, '%s', %s", seed, text, stops)
                    .isEqualTo(naive(text, stops));
        }
    }

    /** A server that cuts at the stops it was told, and we at the rest, together cut as one that knew them all. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aServerThatTakesFewStopsChangesNothing(long seed) {
        Random random = new Random(seed);
        int told = 0;
        for (int round = 0; round < 5_000; round++) {
            String text = word(random, 30);
            List<String> stops = stops(random, 3 + random.nextInt(3));
            StopPlan plan = StopPlan.of(stops, 2);
            told += plan.sent().isEmpty() ? 0 : 1;
            String served = naive(text, plan.sent()).text();
            assertThat(cut(served, plan.cut(), random).text())
                    .as("seed %s, '%s', %s as %s", seed, text, stops, plan)
                    .isEqualTo(naive(text, stops).text());
        }
        assertThat(told).as("lists of which the server was told some").isPositive();
    }
}
