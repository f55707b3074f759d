package io.github.ultrafeedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SamplingParamsTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** A builder with one value set. */
    private interface Setting extends UnaryOperator<SamplingParamsBuilder> {}

    @Test
    void theDefaultsAreUltraFeedbacks() {
        SamplingParams params = SamplingParams.defaults();
        assertThat(params.temperature()).isEqualTo(1.0);
        assertThat(params.topP()).isEqualTo(1.0);
        assertThat(params.maxTokens()).isEqualTo(1024);
        assertThat(params.n()).isEqualTo(1);
        assertThat(params.seed()).isEmpty();
        assertThat(params.skipSpecialTokens()).isTrue();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(b -> b.temperature(NAN), "temperature must be in [0, 2], got NaN; 0 is greedy"),
                wrong(b -> b.temperature(-0.1), "temperature must be in [0, 2], got -0.1; 0 is greedy"),
                wrong(b -> b.temperature(2.1), "temperature must be in [0, 2], got 2.1; 0 is greedy"),
                wrong(b -> b.temperature(INFINITY), "temperature must be in [0, 2], got Infinity; 0 is greedy"),
                wrong(b -> b.topP(NAN), "topP must be in (0, 1], got NaN; 1 turns it off"),
                wrong(b -> b.topP(0), "topP must be in (0, 1], got 0; 1 turns it off"),
                wrong(b -> b.topP(1.5), "topP must be in (0, 1], got 1.5; 1 turns it off"),
                wrong(b -> b.topK(-1), "topK must be in [0, 2147483647], got -1; 0 turns it off"),
                wrong(b -> b.minP(NAN), "minP must be in [0, 1], got NaN; 0 turns it off"),
                wrong(b -> b.minP(-0.5), "minP must be in [0, 1], got -0.5; 0 turns it off"),
                wrong(b -> b.minP(1.01), "minP must be in [0, 1], got 1.01; 0 turns it off"),
                wrong(b -> b.maxTokens(0), "maxTokens must be in [1, 2147483647], got 0; leave it out for 1024"),
                wrong(b -> b.minTokens(-1), "minTokens must be in [0, 1024], got -1; the upper bound is maxTokens"),
                wrong(b -> b.maxTokens(5).minTokens(6), "minTokens must be in [0, 5], got 6; the upper bound is maxT"),
                wrong(b -> b.n(0), "n must be in [1, 16384], got 0; ask several times for more"),
                wrong(b -> b.n(16_385), "n must be in [1, 16384], got 16385; ask several times for more"),
                wrong(b -> b.n(2).temperature(0), "n must be 1 when temperature is 0, got 2; greedy answers"),
                wrong(b -> b.stop(List.of("a", "")), "stop must hold strings of at least one character, got an empty"),
                wrong(b -> b.stopTokenIds(List.of(-1)), "stopTokenIds must be at least 0, got -1; leave the id out"),
                wrong(b -> b.presencePenalty(NAN), "presencePenalty must be in [-2, 2], got NaN; 0 turns it off"),
                wrong(b -> b.presencePenalty(-3), "presencePenalty must be in [-2, 2], got -3; 0 turns it off"),
                wrong(b -> b.presencePenalty(2.5), "presencePenalty must be in [-2, 2], got 2.5; 0 turns it off"),
                wrong(b -> b.frequencyPenalty(NAN), "frequencyPenalty must be in [-2, 2], got NaN; 0 turns it off"),
                wrong(b -> b.frequencyPenalty(-3), "frequencyPenalty must be in [-2, 2], got -3; 0 turns it off"),
                wrong(b -> b.frequencyPenalty(2.5), "frequencyPenalty must be in [-2, 2], got 2.5; 0 turns it off"),
                wrong(
                        b -> b.repetitionPenalty(NAN),
                        "repetitionPenalty must be in (0, 3.4028234663852886E38], got NaN"),
                wrong(b -> b.repetitionPenalty(0), "repetitionPenalty must be in (0, 3.4028234663852886E38], got 0; 1"),
                wrong(b -> b.repetitionPenalty(INFINITY), "3.4028234663852886E38], got Infinity; 1 turns it off"),
                wrong(b -> b.logitBias(Map.of(-1, 1.0)), "logitBias token id must be at least 0, got -1; leave"),
                wrong(b -> b.logitBias(Map.of(7, NAN)), "logitBias of token 7 must be in [-100, 100], got NaN; -100"),
                wrong(b -> b.logitBias(Map.of(7, 101.0)), "logitBias of token 7 must be in [-100, 100], got 101; -100"),
                wrong(b -> b.logprobs(-1), "logprobs must be in [0, 20], got -1; leave it out for no logprobs"),
                wrong(b -> b.logprobs(21), "logprobs must be in [0, 20], got 21; leave it out for no logprobs"));
    }

    private static Arguments wrong(Setting setting, String message) {
        return Arguments.of(message, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongValueIsRefusedWithFieldValueRangeAndFix(String message, Setting setting) {
        assertThatThrownBy(() -> setting.apply(SamplingParams.builder()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Setting> edges() {
        return Stream.of(
                b -> b.temperature(0),
                b -> b.temperature(2).n(16_384),
                b -> b.topP(1).topP(Double.MIN_VALUE),
                b -> b.topK(0).topK(Integer.MAX_VALUE),
                b -> b.minP(0).minP(1),
                b -> b.maxTokens(1).minTokens(1),
                b -> b.maxTokens(Integer.MAX_VALUE),
                b -> b.presencePenalty(-2).frequencyPenalty(2),
                b -> b.repetitionPenalty(Float.MAX_VALUE),
                b -> b.logitBias(Map.of(0, -100.0, 1, 100.0)),
                b -> b.logprobs(0),
                b -> b.logprobs(20),
                b -> b.stopTokenIds(List.of(0)),
                b -> b.seed(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void theBoundsOfARangeAreLegal(Setting setting) {
        assertThatCode(() -> setting.apply(SamplingParams.builder()).build()).doesNotThrowAnyException();
    }

    @Test
    void aCopyKeepsEveryValue() {
        SamplingParams all = SamplingParams.builder()
                .temperature(0.7)
                .topP(0.8)
                .topK(40)
                .minP(0.05)
                .maxTokens(99)
                .minTokens(3)
                .n(2)
                .seed(5)
                .stop(List.of("###"))
                .stopTokenIds(List.of(7))
                .presencePenalty(0.1)
                .frequencyPenalty(0.2)
                .repetitionPenalty(1.3)
                .logitBias(Map.of(1, 2.0))
                .logprobs(4)
                .ignoreEos(true)
                .includeStop(true)
                .skipSpecialTokens(false)
                .build();
        assertThat(all.toBuilder().build()).isEqualTo(all);
        assertThat(all.withSeed(6).seed()).hasValue(6);
        assertThat(all.withSeed(6).withSeed(5)).isEqualTo(all);
        for (var component : SamplingParams.class.getRecordComponents()) { // each value above is not the default
            assertThat(all).extracting(component.getName()).isNotEqualTo(valueOf(component.getName()));
        }
    }

    private static Object valueOf(String field) {
        return assertThat(SamplingParams.defaults()).extracting(field).actual();
    }

    @Test
    void greedyBeginsBelowVllmsBound() {
        assertThat(SamplingParams.builder().temperature(0).build().greedy()).isTrue();
        assertThat(SamplingParams.builder().temperature(9e-6).build().greedy()).isTrue();
        assertThat(SamplingParams.builder().temperature(1e-5).build().greedy()).isFalse();
    }

    @Test
    void laterChangesOfTheCallersCollectionsDoNotReachTheParameters() {
        List<String> stop = new ArrayList<>(List.of("a"));
        List<Integer> ids = new ArrayList<>(List.of(1));
        Map<Integer, Double> bias = new HashMap<>(Map.of(1, 1.0));
        SamplingParams params = SamplingParams.builder()
                .stop(stop)
                .stopTokenIds(ids)
                .logitBias(bias)
                .build();
        stop.add("b");
        ids.add(2);
        bias.put(2, 2.0);
        assertThat(params.stop()).containsExactly("a");
        assertThat(params.stopTokenIds()).containsExactly(1);
        assertThat(params.logitBias()).containsOnlyKeys(1);
    }

    @Test
    void whatWasSetCanBeUnsetAgain() {
        SamplingParams set = SamplingParams.builder()
                .seed(7)
                .logprobs(3)
                .topK(50)
                .stop(List.of("end"))
                .stopTokenIds(List.of(2))
                .logitBias(Map.of(5, 1.0))
                .build();
        assertThat(set.withoutSeed())
                .isEqualTo(set.withoutLogprobs().withoutSeed().toBuilder()
                        .logprobs(3)
                        .build());
        assertThat(set.withoutLogprobs())
                .isEqualTo(set.withoutSeed().withoutLogprobs().withSeed(7));
        SamplingParams unset = set.withoutSeed().withoutLogprobs().toBuilder()
                .topK(0)
                .stop(List.of())
                .stopTokenIds(List.of())
                .logitBias(Map.of())
                .build();
        assertThat(unset).isEqualTo(SamplingParams.defaults());
        assertThat(set.toBuilder().build()).isEqualTo(set);
    }
}
