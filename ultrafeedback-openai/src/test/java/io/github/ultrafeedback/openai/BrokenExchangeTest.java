package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GenerationTimeoutException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.TransportException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges that do not come to their end: cancelled, closed, too long, refused or broken. */
@Timeout(120)
final class BrokenExchangeTest {
    private static final String FIRST =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}";
    private static final String LAST = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

    private static OpenAiSettingsBuilder once() {
        return Loopback.openAi().retries(1, Duration.ofMinutes(2));
    }

    @Test
    void cancellingAndClosingAbortTheExchange() throws Exception {
        try (Loopback loopback = new Loopback(r -> ServerReply.silence(), Loopback.openAi(), new SkippingTime())) {
            CompletableFuture<Completion> silent = loopback.submit();
            CompletableFuture<Completion> stays = loopback.submit();
            loopback.awaitRequests(2);
            silent.cancel(true);
            Loopback.await("the server sees one end", () -> loopback.server.openConnections() == 1);
            assertThat(stays).isNotDone();
            loopback.generator.close();
            assertThat(Loopback.failure(stays)).isInstanceOfSatisfying(GeneratorClosedException.class, e -> {
                assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE);
                assertThat(e.attempts()).isEqualTo(1);
            });
            Loopback.await("the server sees the other end", () -> loopback.server.openConnections() == 0);
        }
        try (Loopback loopback = new Loopback(
                r -> ServerReply.events(List.of(FIRST, LAST)).stallAt(200), Loopback.openAi(), new SkippingTime())) {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            CompletableFuture<Completion> streaming =
                    loopback.generator.submit(GenerationRequest.of(Prompt.of(Planted.PROMPT))
                            .withListener((choice, delta) -> begun.complete(null)));
            begun.get();
            streaming.cancel(true);
            Loopback.await("the server sees the end", () -> loopback.server.openConnections() == 0);
        }
    }

    @Test
    void anAttemptThatTakesTooLongMayBeDone() throws Exception {
        TestTime still = new TestTime();
        try (Loopback loopback =
                new Loopback(r -> ServerReply.silence(), Loopback.openAi().whenMaybeDone(WhenMaybeDone.FAIL), still)) {
            CompletableFuture<Completion> late = loopback.submit();
            loopback.awaitRequests(1);
            still.clock().advance(Duration.ofMinutes(10));
            assertThat(Loopback.failure(late)).isInstanceOfSatisfying(GenerationTimeoutException.class, e -> {
                assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE);
                assertThat(e).hasMessageContaining("attemptTimeout");
            });
            Loopback.await("the server sees the end", () -> loopback.server.openConnections() == 0);
        }
    }

    @Test
    void aConnectionThatIsRefusedWasNotSent() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        OpenAiSettingsBuilder nobody = once().baseUrl("http://127.0.0.1:" + port + "/v1");
        try (Loopback loopback = new Loopback(r -> Loopback.answer(), nobody, new SkippingTime())) {
            assertThat(Loopback.failure(loopback.submit()))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.certainty()).isEqualTo(Certainty.NOT_SENT));
        }
    }

    @Test
    void aBrokenConnectionMayBeDone() {
        List<ServerReply> breaks = List.of(
                ServerReply.reset(),
                Loopback.answer().cutAt(0),
                Loopback.answer().cutAt(20),
                Loopback.answer().resetAt(120),
                ServerReply.raw("not http\r\n\r\n"));
        for (ServerReply reply : breaks) {
            try (Loopback loopback = new Loopback(r -> reply, once(), new SkippingTime())) {
                assertThat(Loopback.failure(loopback.submit()))
                        .isInstanceOfSatisfying(
                                TransportException.class,
                                e -> assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE));
            }
        }
    }

    @Test
    void aStreamThatBreaksIsResentOnlyIfNothingWasHeard() {
        ServerReply whole = ServerReply.events(List.of(FIRST, LAST, "[DONE]"));
        for (int cut : new int[] {110, 230}) { // before and after the first text
            StringBuilder text = new StringBuilder();
            try (Loopback loopback = new Loopback(
                    r -> r.index() == 0 ? whole.cutAt(cut) : whole, Loopback.openAi(), new SkippingTime())) {
                CompletableFuture<Completion> future =
                        loopback.generator.submit(GenerationRequest.of(Prompt.of(Planted.PROMPT))
                                .withListener((choice, delta) -> text.append(delta)));
                if (cut == 110) {
                    assertThat(Loopback.join(future).attempts()).isEqualTo(2);
                } else {
                    assertThat(Loopback.failure(future))
                            .isInstanceOf(TransportException.class)
                            .hasMessageContaining("had heard part of the answer");
                    assertThat(loopback.server.requests()).hasSize(1);
                }
            }
            assertThat(text).hasToString("Hello");
        }
    }

    @Test
    void aServerThatNeverEndsItsStreamsKeepsNoConnections() throws Exception {
        TestTime still = new TestTime();
        byte[] all = ("data: " + FIRST + "\n\ndata: " + LAST + "\n\ndata: [DONE]\n\n").getBytes(StandardCharsets.UTF_8);
        try (Loopback loopback = new Loopback(
                r -> wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
                    wire.chunk(all);
                    wire.awaitEnd();
                },
                Loopback.openAi(),
                still)) {
            for (int i = 0; i < 3; i++) {
                assertThat(Loopback.join(loopback.submit()).text()).isEqualTo("Hello");
            }
            still.clock().advance(Exchange.LINGER.minusMillis(1));
            assertThat(loopback.server.openConnections()).isEqualTo(3);
            still.clock().advance(Duration.ofMillis(1));
            Loopback.await("the server sees their ends", () -> loopback.server.openConnections() == 0);
        }
    }

    @Test
    void aFailureOfACallersIsNotTriedAgain() {
        try (Loopback loopback = new Loopback(
                r -> ServerReply.events(List.of(FIRST, LAST, "[DONE]")), Loopback.openAi(), new SkippingTime())) {
            CompletableFuture<Completion> future = loopback.generator.submit(
                    GenerationRequest.of(Prompt.of(Planted.PROMPT)).withListener((choice, delta) -> {
                        throw new IllegalStateException("mine");
                    }));
            assertThat(Loopback.failure(future))
                    .isExactlyInstanceOf(GenerationException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(loopback.server.requests()).hasSize(1);
        }
    }
}
