package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Choice;
import io.github.ultrafeedback.TokenListener;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a token listener hears, by choice. */
final class Deltas implements TokenListener {
    private final TreeMap<Integer, List<String>> byChoice = new TreeMap<>();
    private final AtomicInteger callers = new AtomicInteger();
    private int mostCallers;

    @Override
    public void onText(int choice, String delta) {
        int now = callers.incrementAndGet();
        synchronized (this) {
            mostCallers = Math.max(mostCallers, now);
            byChoice.computeIfAbsent(choice, index -> new ArrayList<>()).add(delta);
        }
        callers.decrementAndGet();
    }

    synchronized int count() {
        return byChoice.values().stream().mapToInt(List::size).sum();
    }

    synchronized void assertJoinTo(Choice choice) {
        List<String> deltas = byChoice.getOrDefault(choice.index(), List.of());
        assertThat(String.join("", deltas))
                .as("joined deltas of choice " + choice.index())
                .isEqualTo(choice.text());
        assertThat(deltas).as("deltas of choice " + choice.index()).allSatisfy(delta -> {
            assertThat(delta).isNotEmpty();
            assertThat(Character.isLowSurrogate(delta.charAt(0)))
                    .as("begins within a character")
                    .isFalse();
            assertThat(Character.isHighSurrogate(delta.charAt(delta.length() - 1)))
                    .as("ends within a character")
                    .isFalse();
        });
        assertThat(mostCallers).as("threads in the listener at once").isLessThanOrEqualTo(1);
    }
}
