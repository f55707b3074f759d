package io.github.ultrafeedback.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A request of the simulation: it knows what its choices must draw. */
final class FakeRequest {
    final int[] prompt;
    final int[] expected;
    final List<FakeChoice> choices = new ArrayList<>();
    long deadline;
    boolean begun;
    boolean cancelled;
    int failures;

    FakeRequest(int[] prompt, int n, int maxTokens) {
        this.prompt = prompt;
        this.expected = FakeRunner.alone(prompt, maxTokens);
        for (int i = 0; i < n; i++) {
            choices.add(new FakeChoice());
        }
    }

    /** The first choice, with the others behind it. */
    Sequence sequence() {
        Sequence.Prompt shared = new Sequence.Prompt(prompt);
        List<Sequence> sequences = choices.stream()
                .map(choice -> new Sequence(shared, prompt.length + expected.length, choice))
                .toList();
        shared.setOthers(sequences.subList(1, sequences.size()));
        return sequences.get(0);
    }

    boolean ended() {
        return cancelled || failures > 0 || choices.stream().allMatch(choice -> choice.ended);
    }

    /** Steps that it may take at most when nothing else is in its way. */
    long work() {
        return prompt.length / 2 + 2 + (long) choices.size() * (prompt.length / 2 + expected.length + 3);
    }

    /** Draws what the row says, and compares. */
    final class FakeChoice implements Decoding {
        private final List<Integer> drawn = new ArrayList<>();
        int stopAt = Integer.MAX_VALUE; // tokens after which another thread finds a stop string
        boolean ended;

        boolean started() {
            return !drawn.isEmpty();
        }

        @Override
        public boolean over() {
            ended |= drawn.size() >= stopAt;
            return ended || cancelled || failures > 0;
        }

        @Override
        public int next(FloatBuffer logits) {
            assertThat(ended).as("no token after the end").isFalse();
            int token = (int) logits.get(logits.position());
            drawn.add(token);
            assertThat(token)
                    .as("token %s of %s", drawn.size(), Arrays.toString(prompt))
                    .isEqualTo(expected[drawn.size() - 1]);
            ended = drawn.size() == expected.length;
            return ended ? END : token;
        }

        @Override
        public void begun() {
            begun = true;
        }

        @Override
        public void fail(Throwable cause) {
            if (cause instanceof AssertionError wrong) {
                throw wrong;
            }
            failures++;
        }
    }
}
