package io.github.ultrafeedback.openai;

import static io.github.ultrafeedback.openai.TrafficBench.call;
import static io.github.ultrafeedback.openai.TrafficBench.failure;
import static io.github.ultrafeedback.openai.TrafficBench.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import io.github.ultrafeedback.openai.TrafficBench.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of several endpoints is asked, what becomes of one that fails, and from when a prompt's time counts. */
final class EndpointsTest {
    private final TrafficBench bench = new TrafficBench();
    private final TestTime time = bench.time;
    private final OpenAiLimits limits = bench.limits;
    private final Place a = bench.a;
    private final Place b = bench.b;

    @Test
    void theLeastLoadedByWeightIsAsked() {
        List<CompletableFuture<Answer>> unused = send(bench.api(100, a, b), 30);
        assertThat(a.calls).hasSize(10);
        assertThat(b.calls).hasSize(20);
    }

    @Test
    void whatWasSurelyNotDoneGoesToTheOtherEndpointAtOnce() {
        TrafficChatApi api = bench.api(100, a, b);
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
        TrafficChatApi api = bench.api(100, a, b);
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Answer> unused = api.send(call());
            b.fail(Kind.TRANSPORT, Certainty.NOT_SENT);
            a.answer();
        }
        assertThat(bench.last().resting()).isTrue();
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
        assertThat(bench.last().resting()).isFalse();
        List<CompletableFuture<Answer>> unusedFive = send(api, 20);
        assertThat(b.calls).hasSize(27);
    }

    @Test
    void theTimeOfAPromptCountsFromItsFirstTurnOn() {
        limits.maxRpm(60);
        ChatApi api = new DeadlineChatApi(bench.api(100, a), Duration.ofSeconds(6), time);
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
        TrafficChatApi traffic = bench.api(100, a, b);
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
        TrafficChatApi api = bench.api(100, a, b);
        List<CompletableFuture<Answer>> sent = send(api, 9);
        assertThat(b.calls).hasSize(6);
        for (int i = 0; i < 6; i++) {
            b.fail(kind, Certainty.REFUSED);
        }
        assertThat(a.calls).as("all went there").hasSize(9);
        assertThat(bench.last().endpoint()).isEqualTo("place 1");
        assertThat(bench.last().limit()).isZero();
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
        TrafficChatApi api = bench.api(100, a, b);
        ChatCall heard = call();
        CompletableFuture<Answer> answer = api.send(heard);
        heard.textHeard();
        b.fail(Kind.QUOTA, Certainty.MAYBE_DONE);
        assertThat(failure(answer).kind()).isEqualTo(Kind.QUOTA);
        assertThat(failure(answer).endsRun()).isFalse();
        assertThat(a.calls).isEmpty();
    }
}
