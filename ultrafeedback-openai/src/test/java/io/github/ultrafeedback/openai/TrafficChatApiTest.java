package io.github.ultrafeedback.openai;

import static io.github.ultrafeedback.openai.TrafficBench.call;
import static io.github.ultrafeedback.openai.TrafficBench.failure;
import static io.github.ultrafeedback.openai.TrafficBench.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import io.github.ultrafeedback.openai.TrafficBench.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one endpoint is sent, and when. */
final class TrafficChatApiTest {
    private final TrafficBench bench = new TrafficBench();
    private final TestTime time = bench.time;
    private final OpenAiLimits limits = bench.limits;
    private final List<OpenAiLoad> loads = bench.loads;
    private final Place a = bench.a;
    private final Place b = bench.b;

    @Test
    void aBurstOfRefusalsCountsOnceAndTwentyFiveAnswersRaiseTheLimitByOne() {
        List<CompletableFuture<Answer>> sent = send(bench.api(100, a), 100);
        for (int i = 0; i < 40; i++) {
            a.fail(Kind.RATE_LIMIT, Certainty.REFUSED);
        }
        assertThat(bench.last().limit()).isEqualTo(75);
        for (int i = 0; i < 50; i++) {
            a.answer();
        }
        assertThat(bench.last().limit()).isEqualTo(77);
        a.fail(Kind.OVERLOADED, Certainty.REFUSED);
        assertThat(bench.last().limit()).as("it was sent before the burst").isEqualTo(77);
        assertThat(sent.subList(0, 91)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void theLimitNeverFallsBelowOneAndNeverGrowsAboveTheMost() {
        TrafficChatApi api = bench.api(3, a);
        for (int i = 0; i < 30; i++) {
            CompletableFuture<Answer> unused = api.send(call());
            a.fail(Kind.RATE_LIMIT, Certainty.REFUSED);
        }
        assertThat(bench.last().limit()).isEqualTo(1);
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Answer> unused = api.send(call());
            a.answer();
        }
        assertThat(bench.last().limit()).isEqualTo(3);
    }

    @Test
    void whoComesFirstIsSentFirstAndACancelledOneGivesItsPlaceAway() {
        TrafficChatApi api = bench.api(2, a);
        List<ChatCall> calls = new ArrayList<>();
        List<CompletableFuture<Answer>> futures = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            calls.add(call());
            futures.add(api.send(calls.get(i)));
        }
        assertThat(a.calls).isEqualTo(calls.subList(0, 2));
        assertThat(futures.get(3).cancel(true)).isTrue();
        assertThat(futures.get(0).cancel(true)).isTrue();
        assertThat(a.calls).as("2 has the place of 0").isEqualTo(calls.subList(0, 3));
        assertThat(a.out.get(0)).isCancelled();
        a.out.remove(0);
        a.answer();
        a.answer();
        assertThat(a.calls).containsExactly(calls.get(0), calls.get(1), calls.get(2), calls.get(4), calls.get(5));
    }

    @Test
    void limitsMayBeTurnedWhileItRuns() {
        List<CompletableFuture<Answer>> unused = send(bench.api(50, a), 60);
        limits.maxInFlight(10);
        for (int i = 0; i < 40; i++) {
            a.answer();
        }
        assertThat(a.calls).as("none went while more than ten were out").hasSize(50);
        a.answer();
        assertThat(a.calls).hasSize(51);
        limits.maxInFlight(50);
        assertThat(a.calls).as("at once").hasSize(60);
        assertThat(bench.last().limit()).isEqualTo(50);
        limits.maxRpm(60);
        assertThat(bench.last().requestsPerMinute()).isEqualTo(60);
    }

    @Test
    void whatCanNeverFitFailsAtOnce() {
        TrafficChatApi api = bench.api(10, a);
        limits.maxTpm(1_000);
        ChatCall big = TestCalls.call(SamplingParams.builder().maxTokens(1_000).build(), new TestCalls.Heard(false));
        ApiFailure failure = failure(api.send(big));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.certainty()).isEqualTo(Certainty.NOT_SENT);
        assertThat(failure).hasMessageContaining("more than the 1000").hasMessageContaining("maxTpm");
        assertThat(a.calls).isEmpty();
    }

    @Test
    void aSmallRequestDoesNotOvertakeABigOneThatWaitsForTokens() {
        limits.maxTpm(60_000); // 950 a second, and 1,800 at once
        TrafficChatApi api = bench.api(10, a);
        List<ChatCall> calls = new ArrayList<>();
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int tokens : new int[] {1_700, 1_500, 10}) {
            calls.add(TestCalls.call(SamplingParams.builder().maxTokens(tokens).build(), new TestCalls.Heard(false)));
            sent.add(api.send(calls.get(calls.size() - 1)));
        }
        time.clock().advance(Duration.ofSeconds(1));
        assertThat(a.calls).as("enough for the small one").isEqualTo(calls.subList(0, 1));
        time.clock().advance(Duration.ofSeconds(1));
        assertThat(a.calls).isEqualTo(calls);
        assertThat(sent).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void nobodyIsSentBeforeTheServersDelayIsOver() {
        TrafficChatApi api = bench.api(10, a);
        List<CompletableFuture<Answer>> unused = send(api, 1);
        a.fail(Kind.RATE_LIMIT, Certainty.REFUSED, "retry-after", "7");
        List<CompletableFuture<Answer>> unusedToo = send(api, 3);
        time.clock().advance(Duration.ofMillis(6_999));
        assertThat(a.calls).hasSize(1);
        time.clock().advance(Duration.ofMillis(1));
        assertThat(a.calls).hasSize(4);
    }

    @Test
    void anErrorOfTheListenersStopsNoTraffic() {
        TrafficChatApi api = bench.api(
                1,
                load -> {
                    throw new AssertionError(Planted.PROMPT);
                },
                a);
        List<CompletableFuture<Answer>> sent = send(api, 3);
        a.answer();
        a.answer();
        a.answer();
        assertThat(sent).allMatch(CompletableFuture::isDone);
    }

    @Test
    void anErrorWhileARequestIsWrittenIsThatRequestsAlone() {
        ChatApi broken = call -> {
            throw new AssertionError("of a PromptFormat");
        };
        TrafficChatApi api = bench.api(1, loads::add, broken);
        for (CompletableFuture<Answer> future : send(api, 3)) {
            assertThat(failure(future).kind()).isEqualTo(Kind.CALLER);
        }
    }

    @Test
    void onceStoppedNothingMoreIsSent() {
        TrafficChatApi api = bench.api(2, a);
        List<CompletableFuture<Answer>> sent = send(api, 4);
        api.close();
        sent.forEach(future -> future.cancel(true));
        assertThat(a.calls).hasSize(2);
    }

    @Test
    void namesOfEndpointsDifferAndShowNoSecret() {
        OpenAiEndpoint one = OpenAiEndpoint.withKey("one", Planted.KEY);
        assertThat(one.toString()).doesNotContain("SECRET");
        assertThatThrownBy(() -> new OpenAiTraffic(List.of(one, one), limits, loads::add))
                .hasMessageContaining("'one' twice");
        assertThatThrownBy(() -> new OpenAiEndpoint("x", null, null, 0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> limits.maxInFlight(0)).hasMessageContaining("got 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensEachCallEndsOnceAndNoPlaceIsLost(long seed) {
        Random random = new Random(seed);
        TrafficChatApi api = bench.api(7, a, b);
        limits.maxRpm(6_000);
        List<CompletableFuture<Answer>> all = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            Place place = random.nextBoolean() ? a : b;
            place.out.removeIf(CompletableFuture::isDone);
            switch (random.nextInt(6)) {
                case 0, 1 -> all.add(api.send(call()));
                case 2 -> time.clock().advance(Duration.ofMillis(random.nextInt(200)));
                case 3 -> {
                    if (!all.isEmpty() && random.nextInt(4) == 0) {
                        boolean unused = all.get(random.nextInt(all.size())).cancel(true);
                    }
                }
                default -> {
                    if (!place.out.isEmpty()) {
                        end(place, random);
                    }
                }
            }
            assertThat(a.out.stream().filter(out -> !out.isDone()).count()).isLessThanOrEqualTo(7);
        }
        for (int i = 0; i < 20_000 && !all.stream().allMatch(CompletableFuture::isDone); i++) {
            time.clock().advance(Duration.ofMillis(50));
            for (Place place : List.of(a, b)) {
                place.out.removeIf(CompletableFuture::isDone);
                if (!place.out.isEmpty()) {
                    place.answer();
                }
            }
        }
        assertThat(all).allMatch(CompletableFuture::isDone);
        List<CompletableFuture<Answer>> unused = send(api, 2);
        limits.maxRpm(0);
        assertThat(a.out.size() + b.out.size()).as("all places are free again").isEqualTo(2);
    }

    private static void end(Place place, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> place.fail(Kind.RATE_LIMIT, Certainty.REFUSED, "retry-after-ms", "300");
            case 1 -> place.fail(Kind.TRANSPORT, Certainty.NOT_SENT);
            case 2 -> place.fail(Kind.SERVER, Certainty.MAYBE_DONE);
            default -> place.answer();
        }
    }
}
