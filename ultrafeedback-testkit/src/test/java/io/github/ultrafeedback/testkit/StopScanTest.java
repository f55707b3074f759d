package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StopScanTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithSearchingTheWholeTextForEachStop(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            List<String> tokens = words(random, 12, 3);
            List<String> stops = words(random, 3, 4);
            boolean includeStop = random.nextBoolean();
            StopScan scan = new StopScan(stops, includeStop);
            StringBuilder heard = new StringBuilder();
            boolean ended = false;
            for (int i = 0; i < tokens.size() && !ended; i++) {
                ended = scan.add(tokens.get(i), true);
                heard.append(scan.takeDelta(ended || i == tokens.size() - 1));
            }
            assertThat(scan.text()).isEqualTo(searched(String.join("", tokens), stops, includeStop));
            assertThat(heard).hasToString(scan.text());
        }
    }

    private static List<String> words(Random random, int count, int length) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder word = new StringBuilder();
            for (int c = random.nextInt(length) + 1; c > 0; c--) {
                word.append((char) ('a' + random.nextInt(2))); // two letters alone, so that stops overlap
            }
            words.add(word.toString());
        }
        return words;
    }

    /** The match that ends first, found by its place rather than by walking. */
    private static String searched(String text, List<String> stops, boolean includeStop) {
        int bestEnd = Integer.MAX_VALUE;
        String best = "";
        for (String stop : stops) {
            int at = text.indexOf(stop);
            if (at >= 0 && at + stop.length() < bestEnd) {
                bestEnd = at + stop.length();
                best = stop;
            }
        }
        return bestEnd == Integer.MAX_VALUE ? text : text.substring(0, includeStop ? bestEnd : bestEnd - best.length());
    }

    @Test
    void whatMayBecomeAStopIsHeldBack() {
        StopScan scan = new StopScan(List.of("###"), false);
        assertThat(scan.add("one #", true)).isFalse();
        assertThat(scan.takeDelta(false)).isEqualTo("one ");
        assertThat(scan.add("#", true)).isFalse();
        assertThat(scan.takeDelta(false)).isEmpty();
        assertThat(scan.add(" two", true)).isFalse();
        assertThat(scan.takeDelta(false)).isEqualTo("## two");
        assertThat(scan.add(" ####", true)).isTrue();
        assertThat(scan.takeDelta(true)).isEqualTo(" ");
        assertThat(scan.found()).isEqualTo("###");
    }

    @Test
    void beforeStopsCountTheyAreText() {
        StopScan scan = new StopScan(List.of("b"), false);
        assertThat(scan.add("abc", false)).isFalse();
        assertThat(scan.add("ab", true)).isTrue();
        assertThat(scan.text()).isEqualTo("abca");
    }

    @Test
    void aCharacterIsNeverCutInTwo() {
        StopScan scan = new StopScan(List.of("\uDE42x"), false);
        assertThat(scan.add("a\uD83D\uDE42", true)).isFalse();
        assertThat(scan.takeDelta(false)).isEqualTo("a");
        assertThat(scan.add("b", true)).isFalse();
        assertThat(scan.takeDelta(false)).isEqualTo("\uD83D\uDE42b");
    }
}
