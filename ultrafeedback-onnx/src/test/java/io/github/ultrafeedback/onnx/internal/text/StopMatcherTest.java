package io.github.ultrafeedback.onnx.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StopMatcherTest {

    @Test
    void aStopIsFoundAcrossTheBordersOfDeltas() {
        StopMatcher matcher = new StopMatcher(List.of("STOP"), false);
        assertThat(matcher.append("one S", true)).isEqualTo("one ");
        assertThat(matcher.append("T", true)).isEmpty();
        assertThat(matcher.append("OP two", true)).isEmpty();
        assertThat(matcher.stopped()).isTrue();
        assertThat(matcher.matched()).isEqualTo("STOP");
        assertThat(matcher.append("more", true)).isEmpty();
        assertThat(matcher.flush()).isEmpty();
    }

    @Test
    void whatOnlyLookedLikeAStopIsGivenOutInTheEnd() {
        StopMatcher matcher = new StopMatcher(List.of("STOP"), false);
        assertThat(matcher.append("STO", true)).isEmpty();
        assertThat(matcher.append("RE", true)).isEqualTo("STORE");
        assertThat(matcher.append(" ST", true)).isEqualTo(" ");
        assertThat(matcher.flush()).isEqualTo("ST");
        assertThat(matcher.stopped()).isFalse();
        assertThat(matcher.matched()).isNull();
    }

    @Test
    void theStopThatEndsFirstWinsAndTiesGoByListOrder() {
        StopMatcher early = new StopMatcher(List.of("abcd", "bc"), false);
        assertThat(early.append("xabcd", true)).isEqualTo("xa");
        assertThat(early.matched()).isEqualTo("bc");
        StopMatcher longer = new StopMatcher(List.of("abc", "bc"), false);
        assertThat(longer.append("xabc", true)).isEqualTo("x");
        assertThat(longer.matched()).isEqualTo("abc");
        StopMatcher shorter = new StopMatcher(List.of("bc", "abc"), false);
        assertThat(shorter.append("xabc", true)).isEqualTo("xa");
        assertThat(shorter.matched()).isEqualTo("bc");
    }

    @Test
    void anIncludedStopStaysInTheTextAndHoldsNothingBack() {
        StopMatcher matcher = new StopMatcher(List.of("END"), true);
        assertThat(matcher.append("the E", true)).isEqualTo("the E");
        assertThat(matcher.append("ND of", true)).isEqualTo("ND");
        assertThat(matcher.matched()).isEqualTo("END");
    }

    @Test
    void noStopEndsBeforeItIsArmedButOneMayHaveBegunThere() {
        StopMatcher matcher = new StopMatcher(List.of("aba"), false);
        assertThat(matcher.append("aba", false)).isEqualTo("ab");
        assertThat(matcher.stopped()).isFalse();
        assertThat(matcher.append("ba!", true)).isEmpty();
        assertThat(matcher.matched()).isEqualTo("aba");
        StopMatcher never = new StopMatcher(List.of("aba"), false);
        assertThat(never.append("xabax", false)).isEqualTo("xabax");
        assertThat(never.append("ba", true) + never.flush()).isEqualTo("ba");
    }

    @Test
    void withoutStopsTextPassesThrough() {
        StopMatcher matcher = new StopMatcher(List.of(), false);
        assertThat(matcher.append("text", true)).isEqualTo("text");
        assertThat(matcher.flush()).isEmpty();
    }

    @Test
    void anEmptyStopIsRefused() {
        assertThatThrownBy(() -> new StopMatcher(List.of("a", ""), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index 1");
    }

    @Test
    void randomTextsEndWhereTheNaiveSearchEndsThem() {
        int cases = Boolean.getBoolean("ultrafeedback.full") ? 1_000_000 : 20_000;
        int stopped = 0;
        for (int seed = 0; seed < cases; seed++) {
            stopped += compare(seed) ? 1 : 0;
        }
        assertThat(stopped).as("cases in which a stop was found").isBetween(cases / 3, cases - cases / 50);
    }

    /** Draws a case from its seed and compares it with the naive search, delta by delta. */
    private static boolean compare(int seed) {
        Random random = new Random(seed);
        int letters = 1 + random.nextInt(3);
        List<String> stops = new ArrayList<>();
        for (int k = random.nextInt(4); k >= 0; k--) {
            stops.add(word(random, letters, 1 + random.nextInt(6)));
        }
        boolean includeStop = random.nextInt(4) == 0;
        String text = word(random, letters, random.nextInt(30));
        int unarmed = random.nextInt(3) == 0 ? random.nextInt(text.length() + 1) : 0;
        Naive naive = new Naive(stops, includeStop);
        StopMatcher matcher = new StopMatcher(stops, includeStop);
        StringBuilder emitted = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int limit = from < unarmed ? unarmed : text.length();
            int to = Math.min(limit, from + random.nextInt(5));
            boolean armed = from >= unarmed;
            emitted.append(matcher.append(text.substring(from, to), armed));
            naive.append(text.substring(from, to), armed);
            assertThat(emitted.toString()).as("given out, seed %d", seed).isEqualTo(naive.certain());
            assertThat(matcher.matched()).as("stop, seed %d", seed).isEqualTo(naive.matched);
            from = to;
        }
        assertThat(emitted + matcher.flush()).as("text, seed %d", seed).isEqualTo(naive.all());
        return matcher.stopped();
    }

    private static String word(Random random, int letters, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(letters)));
        }
        return word.toString();
    }

    /** After each character, tests every stop as a suffix; holds back the longest suffix that begins a stop. */
    private static final class Naive {
        private final List<String> stops;
        private final boolean includeStop;
        private final StringBuilder text = new StringBuilder();
        private @Nullable String matched;

        private Naive(List<String> stops, boolean includeStop) {
            this.stops = stops;
            this.includeStop = includeStop;
        }

        private void append(String delta, boolean armed) {
            for (int i = 0; i < delta.length() && matched == null; i++) {
                text.append(delta.charAt(i));
                for (String stop : stops) {
                    if (armed && matched == null && text.toString().endsWith(stop)) {
                        matched = stop;
                    }
                }
            }
        }

        private String all() {
            String whole = text.toString();
            return matched == null || includeStop ? whole : whole.substring(0, whole.length() - matched.length());
        }

        private String certain() {
            if (matched != null || includeStop) {
                return all();
            }
            String whole = text.toString();
            for (int from = 0; from < whole.length(); from++) {
                String suffix = whole.substring(from);
                if (stops.stream().anyMatch(stop -> stop.length() > suffix.length() && stop.startsWith(suffix))) {
                    return whole.substring(0, from);
                }
            }
            return whole;
        }
    }
}
