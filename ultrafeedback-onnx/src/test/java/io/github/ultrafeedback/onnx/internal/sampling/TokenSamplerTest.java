package io.github.ultrafeedback.onnx.internal.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.GenerationException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSamplerTest {
    private static final SamplingParams GREEDY =
            SamplingParams.builder().temperature(0).build();
    private static final float NONE = Float.NEGATIVE_INFINITY;

    @Test
    void theTokensOfAnAddressNeverChange() {
        List<Integer> tokens = draw(SamplingParams.defaults(), 42, 3, 10);
        assertThat(tokens).containsExactly(355, 224, 437, 124, 431, 355, 355, 355, 56, 35);
    }

    @Test
    void seedChoiceAndPositionEachAddressOtherTokens() {
        List<Integer> tokens = draw(SamplingParams.defaults(), 42, 3, 50);
        assertThat(draw(SamplingParams.defaults(), 42, 3, 50)).isEqualTo(tokens);
        assertThat(draw(SamplingParams.defaults(), 43, 3, 50)).isNotEqualTo(tokens);
        assertThat(draw(SamplingParams.defaults(), 42, 4, 50)).isNotEqualTo(tokens);
        assertThat(tokens.subList(1, 50)).isNotEqualTo(tokens.subList(0, 49));
        assertThat(tokens.stream().distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void sequencesThatShareAWorkspaceDoNotDisturbEachOther() {
        SamplingParams params = SamplingParams.builder()
                .topK(30)
                .topP(0.9)
                .frequencyPenalty(0.5)
                .build();
        List<Integer> alone = draw(params, 1, 0, 40);
        List<Integer> among = new ArrayList<>();
        SamplingWorkspace workspace = SamplingWorkspace.create(500);
        TokenSampler sampler = TokenSampler.create(params, 1, 0, new int[0], new int[0]);
        TokenSampler other = TokenSampler.create(params, 2, 1, new int[] {1, 2}, new int[0]);
        for (int i = 0; i < 40; i++) {
            other.next(Logits.direct(Logits.noise(500, 5, 99 + i)), workspace);
            among.add(sampler.next(Logits.direct(Logits.noise(500, 3, 8)), workspace));
        }
        assertThat(among).isEqualTo(alone);
    }

    private static List<Integer> draw(SamplingParams params, long seed, int choice, int count) {
        FloatBuffer logits = Logits.direct(Logits.noise(500, 3, 8));
        SamplingWorkspace workspace = SamplingWorkspace.create(500);
        TokenSampler sampler = TokenSampler.create(params, seed, choice, new int[0], new int[0]);
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(sampler.next(logits, workspace));
        }
        assertThat(sampler.drawn()).isEqualTo(count);
        return tokens;
    }

    @Test
    void greedyTiesGoToTheLowestId() {
        assertThat(next(GREEDY, 1, 5, 5, 5)).isEqualTo(1);
        assertThat(next(GREEDY, -0f, 0f)).isZero();
        float[] row = new float[1000];
        for (int first : new int[] {0, 15, 16, 17, 500, 999}) { // 16 columns: neighbours and far apart
            Arrays.fill(row, -1);
            row[999] = 2;
            row[first] = 2;
            assertThat(next(GREEDY, row)).isEqualTo(first);
        }
    }

    @Test
    void greedyLooksAtPenaltiesAndAtNothingAfterThem() {
        SamplingParams params = GREEDY.toBuilder().topK(1).presencePenalty(2).build();
        TokenSampler sampler = TokenSampler.create(params, 1, 0, new int[0], new int[0]);
        SamplingWorkspace workspace = SamplingWorkspace.create(3);
        FloatBuffer logits = Logits.direct(1, 3, 2.5f);
        assertThat(sampler.next(logits, workspace)).isEqualTo(1);
        assertThat(sampler.next(logits, workspace)).isEqualTo(2);
        assertThat(sampler.next(logits, workspace)).isZero(); // 1, 3 - 2 and 2.5 - 2
    }

    @Test
    void theRowStandsAtTheBuffersPositionAndStaysAsItIs() {
        FloatBuffer logits = Logits.direct(9, 9, 1, 4, 2, 9);
        logits.position(2);
        int token = TokenSampler.create(GREEDY, 1, 0, new int[0], new int[0]).next(logits, SamplingWorkspace.create(3));
        assertThat(token).isEqualTo(1);
        assertThat(logits.position()).isEqualTo(2);
        assertThat(logits.get(3)).isEqualTo(4);
        logits.position(4);
        assertThatThrownBy(() -> TokenSampler.create(GREEDY, 1, 0, new int[0], new int[0])
                        .next(logits, SamplingWorkspace.create(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logits must hold a row of 3, got 2");
    }

    @Test
    void endsComeOnlyAfterMinTokens() {
        SamplingParams params = GREEDY.toBuilder().minTokens(2).build();
        TokenSampler sampler = TokenSampler.create(params, 1, 0, new int[0], new int[] {0});
        SamplingWorkspace workspace = SamplingWorkspace.create(2);
        FloatBuffer logits = Logits.direct(5, 1);
        assertThat(List.of(
                        sampler.next(logits, workspace),
                        sampler.next(logits, workspace),
                        sampler.next(logits, workspace)))
                .containsExactly(1, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void aModelThatProducesNoNumbersIsNamed(double temperature) {
        SamplingParams params = SamplingParams.builder()
                .temperature(temperature)
                .topP(0.9)
                .topK(2)
                .logprobs(2)
                .build();
        assertRefused(params, "the model produced NaN among its logits, at token 0 of choice 0", 1, Float.NaN, 2, 3);
        assertRefused(params, "the model produced infinity", 1, Float.POSITIVE_INFINITY, 2, 3);
        assertRefused(params, "leave no token to draw", NONE, NONE, NONE, NONE);
    }

    private static void assertRefused(SamplingParams params, String message, float... logits) {
        assertThatThrownBy(() -> next(params, logits))
                .isInstanceOfSatisfying(
                        GenerationException.class,
                        e -> assertThat(e.retryable()).isFalse())
                .hasMessageContaining(message);
    }

    @Test
    void logprobsAreThoseOfTheModelBeforeAnyProcessor() {
        float[] row = Logits.noise(1000, 3, 4);
        double[] expected = NaiveSampling.softmax(
                NaiveSampling.process(row, SamplingParams.defaults(), List.of(), List.of(), List.of()));
        SamplingParams params =
                SamplingParams.builder().temperature(0.5).topK(3).logprobs(5).build();
        TokenSampler sampler = TokenSampler.create(params, 1, 0, new int[0], new int[0]);
        assertThat(sampler.logprobs()).isEmpty();
        int token = sampler.next(Logits.direct(row), SamplingWorkspace.create(1000));

        PositionLogprobs logprobs = sampler.logprobs().orElseThrow();
        assertThat(logprobs.drawn().id()).isEqualTo(token);
        assertThat(logprobs.drawn().logprob()).isEqualTo(Math.log(expected[token]), within(1e-9));
        assertThat(logprobs.top()).hasSize(5);
        double before = 0;
        for (IdLogprob top : logprobs.top()) {
            assertThat(top.logprob()).isEqualTo(Math.log(expected[top.id()]), within(1e-9));
            assertThat(top.logprob()).isLessThanOrEqualTo(before);
            before = top.logprob();
        }
        double fifth = before;
        assertThat(Arrays.stream(expected).filter(p -> Math.log(p) > fifth + 1e-9))
                .hasSize(4);
    }

    @Test
    void equalLogprobsRankByIdAndAFewTokensAreAllThereIs() {
        TokenSampler sampler =
                TokenSampler.create(GREEDY.toBuilder().logprobs(20).build(), 1, 0, new int[0], new int[0]);
        sampler.next(Logits.direct(0, 1, 0, 1, NONE), SamplingWorkspace.create(5));
        assertThat(sampler.logprobs().orElseThrow().top().stream().map(IdLogprob::id))
                .containsExactly(1, 3, 0, 2, 4);
        TokenSampler none = TokenSampler.create(GREEDY.toBuilder().logprobs(0).build(), 1, 0, new int[0], new int[0]);
        none.next(Logits.direct(0, 50), SamplingWorkspace.create(2));
        assertThat(none.logprobs().orElseThrow().top()).isEmpty();
        assertThat(none.logprobs().orElseThrow().drawn()).isEqualTo(new IdLogprob(1, 0));
    }

    @Test
    void anEmptyVocabularyIsRefused() {
        assertThatThrownBy(() -> SamplingWorkspace.create(0)).hasMessage("vocab must be at least 1, got 0");
        assertThat(SamplingWorkspace.create(7).vocab()).isEqualTo(7);
    }

    private static int next(SamplingParams params, float... logits) {
        return TokenSampler.create(params, 1, 0, new int[0], new int[0])
                .next(Logits.direct(logits), SamplingWorkspace.create(logits.length));
    }
}
