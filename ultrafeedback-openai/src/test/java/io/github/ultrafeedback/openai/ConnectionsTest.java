package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.error.Certainty;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ConnectionsTest {
    private static final int CYCLES = 100;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"too many concurrent streams", "request not processed by peer", "Stream not processed"})
    void whatFoundNoStreamWasNotSent(String message) {
        Throwable failure = new CompletionException(new IOException("Received: " + message));
        assertThat(TransportFailures.turnedAway(failure)).isTrue();
        assertThat(TransportFailures.of(failure).certainty()).isEqualTo(Certainty.NOT_SENT);
    }

    @Test
    void aLimitOfStreamsIsKnownByTheNameOfItsException() {
        assertThat(TransportFailures.of(new StreamLimitException()).certainty()).isEqualTo(Certainty.NOT_SENT);
    }

    @Test
    void aBareGoAwayMayMeanThatTheWorkWasDone() {
        assertThat(TransportFailures.of(new IOException("localhost: GOAWAY received"))
                        .certainty())
                .isEqualTo(Certainty.MAYBE_DONE);
    }

    private static final class StreamLimitException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The server has looked at all but the last one, says so, and answers what it has looked at. */
    @Test
    void whatAGoAwayLeavesOutIsAskedAgain() throws Exception {
        TestTls tls = TestTls.make(folder);
        AtomicInteger count = new AtomicInteger();
        try (ManyServer server = new ManyServer(10, tls, 100, question -> {
                    if (count.incrementAndGet() == 10) {
                        goAway(question.connection(), Math.max(0, question.stream() - 2));
                    }
                });
                OpenAiGenerator generator = open(server, tls)) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                futures.add(generator.submit(GenerationRequest.of(Prompt.of("id-" + i))));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(Loopback.join(futures.get(i)).text()).isEqualTo("id-" + i);
            }
            // The one left out, and others where the client lets go of the connection before it has read their answers.
            assertThat(server.asked()).isBetween(11, 20);
        }
    }

    private static void goAway(Channel connection, int lastStream) {
        ChannelHandlerContext context = connection.pipeline().context(Http2FrameCodec.class);
        var unused = connection
                .pipeline()
                .get(Http2FrameCodec.class)
                .goAway(context, lastStream, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
        context.flush();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threadsAndSocketsReturnWhenGeneratorsAreClosed(boolean http2) throws Exception {
        TestTls tls = http2 ? TestTls.make(folder) : null;
        try (ManyServer server = new ManyServer(1, tls, 100)) {
            for (int i = 0; i < CYCLES; i++) {
                try (OpenAiGenerator generator = open(server, tls)) {
                    CompletableFuture<Completion> answer = generator.submit(GenerationRequest.of(Prompt.of("id-" + i)));
                    assertThat(Loopback.join(answer).text()).isEqualTo("id-" + i);
                }
            }
            assertThat(server.accepted()).isEqualTo(CYCLES);
            // JDK 17 has no way to end a client: it goes when it is collected, which shows that nothing holds it.
            Loopback.await("all sockets closed", () -> {
                System.gc();
                return server.connections() == 0;
            });
            Loopback.await("all threads ended", () -> {
                System.gc();
                return ManyClient.ours() == 0;
            });
        }
    }

    private static OpenAiGenerator open(ManyServer server, @org.jspecify.annotations.Nullable TestTls tls) {
        OpenAiSettingsBuilder settings = OpenAiSettings.builder()
                .baseUrl((tls == null ? "http" : "https") + "://localhost:" + server.port() + "/v1")
                .apiKey(Planted.KEY)
                .dialect(Dialect.OPENAI);
        if (tls != null) {
            settings.connections(HttpClient.Version.HTTP_2, tls.client());
        }
        return OpenAiGenerator.open(
                ModelRef.parse("openai:gpt-4"),
                GeneratorOptions.builder().settings(settings.build()).build(),
                new Ambient(new SystemTime(), new Random(1), Map.of()));
    }
}
