package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints answer when the test says so; time stands still. */
final class TrafficChatApiTest {
    private final TestTime time = new TestTime();
    private final OpenAiLimits limits = new OpenAiLimits();
    private final List<OpenAiLoad> loads = new ArrayList<>();
    private final RunEnd runEnd = new RunEnd();
    private final Place a = new Place();
    private final Place b = new Place();

    /** An endpoint whose requests wait for the test. */
    private static final class Place implements ChatApi {
        final List<ChatCall> calls = new ArrayList<>();
        final List<CompletableFuture<Answer>> out = new ArrayList<>();

        @Override
        public CompletableFuture<Answer> send(ChatCall call) {
            int unused = call.attemptBegins();
            calls.add(call);
            CompletableFuture<Answer> reply = new CompletableFuture<>();
            out.add(reply);
            return reply;
        }

        void answer(String... headers) {
            out.remove(0).complete(new Answer(List.of(), Usage.of(1, 1), Map.of(), TestCalls.headers(headers)));
        }

        void fail(Kind kind, Certainty certainty, String... headers) {
            out.remove(0)
                    .completeExceptionally(ApiFailure.remote(
                            kind, "It failed", certainty, ErrorFacts.NONE, TestCalls.headers(headers)));
        }
    }

    private TrafficChatApi api(int maxInFlight, Place... places) {
        return api(maxInFlight, loads::add, places);
    }

    private TrafficChatApi api(int maxInFlight, Consumer<OpenAiLoad> listener, ChatApi... places) {
        List<OpenAiEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            endpoints.add(new OpenAiEndpoint("place " + i, "http://localhost:1/v1", () -> Planted.KEY, i + 1));
        }
        OpenAiSettings settings = OpenAiSettings.builder()
                .maxInFlight(maxInFlight)
                .build()
                .withTraffic(new OpenAiTraffic(endpoints, limits, listener));
        return new TrafficChatApi(List.of(places), settings, time, runEnd);
    }

    private static ChatCall call() {
        return TestCalls.call(new TestCalls.Heard(false));
    }

    private OpenAiLoad last() {
        return loads.get(loads.size() - 1);
    }

    private static List<CompletableFuture<Answer>> send(TrafficChatApi api, int count) {
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(api.send(call()));
        }
        return sent;
    }

    private static ApiFailure failure(CompletableFuture<Answer> future) {
        return future.handle((answer, thrown) -> ApiFailure.of(thrown)).join();
    }

    @Test
    void aBurstOfRefusalsCountsOnceAndTwentyFiveAnswersRaiseTheLimitByOne() {
        List<CompletableFuture<Answer>> sent = send(api(100, a), 100);
        for (int i = 0; i < 40; i++) {
            a.fail(Kind.RATE_LIMIT, Certainty.REFUSED);
        }
        assertThat(last().limit()).isEqualTo(75);
        for (int i = 0; i < 50; i++) {
            a.answer();
        }
        assertThat(last().limit()).isEqualTo(77);
        a.fail(Kind.OVERLOADED, Certainty.REFUSED);
        assertThat(last().limit()).as("it was sent before the burst").isEqualTo(77);
        assertThat(sent.subList(0, 91)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void theLimitNeverFallsBelowOneAndNeverGrowsAboveTheMost() {
        TrafficChatApi api = api(3, a);
        for (int i = 0; i < 30; i++) {
            CompletableFuture<Answer> unused = api.send(call());
            a.fail(Kind.RATE_LIMIT, Certainty.REFUSED);
        }
        assertThat(last().limit()).isEqualTo(1);
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Answer> unused = api.send(call());
            a.answer();
        }
        assertThat(last().limit()).isEqualTo(3);
    }

    @Test
    void whoComesFirstIsSentFirstAndACancelledOneGivesItsPlaceAway() {
        TrafficChatApi api = api(2, a);
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
        List<CompletableFuture<Answer>> unused = send(api(50, a), 60);
        limits.maxInFlight(10);
        for (int i = 0; i < 40; i++) {
            a.answer();
        }
        assertThat(a.calls).as("none went while more than ten were out").hasSize(50);
        a.answer();
        assertThat(a.calls).hasSize(51);
        limits.maxInFlight(50);
        assertThat(a.calls).as("at once").hasSize(60);
        assertThat(last().limit()).isEqualTo(50);
        limits.maxRpm(60);
        assertThat(last().requestsPerMinute()).isEqualTo(60);
    }

    @Test
    void whatCanNeverFitFailsAtOnce() {
        TrafficChatApi api = api(10, a);
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
        TrafficChatApi api = api(10, a);
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
        TrafficChatApi api = api(10, a);
        List<CompletableFuture<Answer>> unused = send(api, 1);
        a.fail(Kind.RATE_LIMIT, Certainty.REFUSED, "retry-after", "7");
        List<CompletableFuture<Answer>> unusedToo = send(api, 3);
        time.clock().advance(Duration.ofMillis(6_999));
        assertThat(a.calls).hasSize(1);
        time.clock().advance(Duration.ofMillis(1));
        assertThat(a.calls).hasSize(4);
    }

    @Test
    void theLeastLoadedByWeightIsAsked() {
        List<CompletableFuture<Answer>> unused = send(api(100, a, b), 30);
        assertThat(a.calls).hasSize(10);
        assertThat(b.calls).hasSize(20);
    }

    @Test
    void whatWasSurelyNotDoneGoesToTheOtherEndpointAtOnce() {
        TrafficChatApi api = api(100, a, b);
        ChatCall call = call();
        CompletableFuture<Answer> answer = api.send(call);
        b.fail(Kind.TRANSPORT, Certainty.NOT_SENT);
        assertThat(a.calls).containsExactly(call);
        a.answer();
        assertThat(answer).isCompleted();
        assertThat(call.moves()).isEqualTo(1);

        CompletableFuture<Answer> unsure = api.send(call());
        b.fail(Kind.SERVER, Certainty.MAYBE_DONE);
        assertThat(failure(unsure).certainty()).as("the next layer decides").isEqualTo(Certainty.MAYBE_DONE);
    }

    @Test
    void aFailingEndpointRestsIsTriedWithOneRequestAndComesBack() {
        TrafficChatApi api = api(100, a, b);
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Answer> unused = api.send(call());
            b.fail(Kind.TRANSPORT, Certainty.NOT_SENT);
            a.answer();
        }
        assertThat(last().resting()).isTrue();
        List<CompletableFuture<Answer>> unused = send(api, 10);
        assertThat(b.calls).as("rests").hasSize(5);
        time.clock().advance(Duration.ofSeconds(1));
        List<CompletableFuture<Answer>> unusedToo = send(api, 10);
        assertThat(b.calls).as("one tries it").hasSize(6);
        b.fail(Kind.TRANSPORT, Certainty.NOT_SENT);
        time.clock().advance(Duration.ofMillis(1_999));
        List<CompletableFuture<Answer>> unusedThree = send(api, 1);
        assertThat(b.calls).as("rests twice as long").hasSize(6);
        time.clock().advance(Duration.ofMillis(1));
        List<CompletableFuture<Answer>> unusedFour = send(api, 1);
        assertThat(b.calls).hasSize(7);
        b.answer();
        assertThat(last().resting()).isFalse();
        List<CompletableFuture<Answer>> unusedFive = send(api, 20);
        assertThat(b.calls).hasSize(27);
    }

    @Test
    void anErrorOfTheListenersStopsNoTraffic() {
        TrafficChatApi api = api(
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
        TrafficChatApi api = api(1, loads::add, broken);
        for (CompletableFuture<Answer> future : send(api, 3)) {
            assertThat(failure(future).kind()).isEqualTo(Kind.CALLER);
        }
    }

    @Test
    void theTimeOfAPromptCountsFromItsFirstTurnOn() {
        limits.maxRpm(60);
        ChatApi api = new DeadlineChatApi(api(100, a), Duration.ofSeconds(6), time);
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sent.add(api.send(call()));
        }
        for (int i = 0; i < 40; i++) {
            a.out.removeIf(CompletableFuture::isDone);
            while (!a.out.isEmpty()) {
                a.answer();
            }
            time.clock().advance(Duration.ofSeconds(2));
        }
        assertThat(sent).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);

        CompletableFuture<Answer> silent = api.send(call());
        CompletableFuture<Answer> waits = api.send(call());
        time.clock().advance(Duration.ofMillis(5_999));
        assertThat(silent).isNotDone();
        time.clock().advance(Duration.ofMillis(1));
        assertThat(failure(silent).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(waits).as("it went later").isNotDone();
    }

    @Test
    void theTimeOfAPromptCountsWhileAllEndpointsRest() {
        TrafficChatApi traffic = api(100, a, b);
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Answer> unused = traffic.send(call());
            b.fail(Kind.TRANSPORT, Certainty.NOT_SENT);
            a.fail(Kind.TRANSPORT, Certainty.NOT_SENT);
        }
        ChatApi api = new DeadlineChatApi(traffic, Duration.ofMillis(500), time);
        CompletableFuture<Answer> waits = api.send(call());
        assertThat(waits).isNotDone();
        time.clock().advance(Duration.ofMillis(500));
        assertThat(waits).isDone();
        assertThat(failure(waits).certainty()).isEqualTo(Certainty.NOT_SENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"AUTHENTICATION", "NOT_FOUND", "QUOTA"})
    void anEndpointWhoseKeyIsNoGoodIsGivenUpAndTheOthersGoOn(Kind kind) {
        TrafficChatApi api = api(100, a, b);
        List<CompletableFuture<Answer>> sent = send(api, 9);
        assertThat(b.calls).hasSize(6);
        for (int i = 0; i < 6; i++) {
            b.fail(kind, Certainty.REFUSED);
        }
        assertThat(a.calls).as("all went there").hasSize(9);
        assertThat(last().endpoint()).isEqualTo("place 1");
        assertThat(last().limit()).isZero();
        List<CompletableFuture<Answer>> unused = send(api, 10);
        assertThat(b.calls).as("is asked no more").hasSize(6);
        for (int i = 0; i < 9; i++) {
            a.answer();
        }
        assertThat(sent).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);

        CompletableFuture<Answer> last = send(api, 1).get(0);
        while (!last.isDone()) {
            a.fail(kind, Certainty.REFUSED);
        }
        assertThat(failure(last).endsRun()).as("the last one is gone").isTrue();
    }

    @Test
    void whatMayBeDoneAtAnEndpointThatIsGivenUpEndsItsPromptAndNotTheRun() {
        TrafficChatApi api = api(100, a, b);
        ChatCall heard = call();
        CompletableFuture<Answer> answer = api.send(heard);
        heard.textHeard();
        b.fail(Kind.QUOTA, Certainty.MAYBE_DONE);
        assertThat(failure(answer).kind()).isEqualTo(Kind.QUOTA);
        assertThat(failure(answer).endsRun()).isFalse();
        assertThat(a.calls).isEmpty();
    }

    @Test
    void onceStoppedNothingMoreIsSent() {
        TrafficChatApi api = api(2, a);
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
        TrafficChatApi api = api(7, a, b);
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
