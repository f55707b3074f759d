package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.Certainty;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** In which order a client tells that an exchange failed is chance; what comes of it is not. */
final class BodyReadingTest {
    private final IOException broken = new IOException("the connection broke");

    /** Fails by the status, or says how much it has read. */
    private static final class Counting implements ResponseReader<String> {
        private final Consumer<ByteBuffer> hears;
        private int status;
        private int bytes;

        Counting(Consumer<ByteBuffer> hears) {
            this.hears = hears;
        }

        @Override
        public void head(int newStatus, HttpHeaders headers) {
            status = newStatus;
        }

        @Override
        public void accept(ByteBuffer more) {
            bytes += more.remaining();
            hears.accept(more);
        }

        @Override
        public boolean done() {
            return bytes >= 4;
        }

        @Override
        public String end() {
            if (status != 200) {
                throw ApiFailure.local(ApiFailure.Kind.RATE_LIMIT, "too much", Certainty.REFUSED, null);
            }
            if (bytes < 4) {
                throw ApiFailure.local(ApiFailure.Kind.BAD_ANSWER, "too little", Certainty.MAYBE_DONE, null);
            }
            return "read " + bytes;
        }
    }

    private record Head(int statusCode, HttpHeaders headers, HttpClient.Version version)
            implements HttpResponse.ResponseInfo {}

    private static BodyReading<String> begun(int status, Consumer<ByteBuffer> hears) {
        BodyReading<String> body = new BodyReading<>(new Counting(hears));
        body.head(new Head(status, HttpHeaders.of(Map.of(), (name, value) -> true), HttpClient.Version.HTTP_1_1));
        return body;
    }

    private static List<ByteBuffer> bytes(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aStatusCountsThoughTheExchangeFailsBeforeTheBodyHears() {
        BodyReading<String> body = begun(429, more -> {});
        body.broken(broken);
        assertThatThrownBy(() -> body.result().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ApiFailure.class)
                .hasStackTraceContaining("too much");
    }

    @Test
    void anAnswerThatIsCutIsABrokenConnection() {
        BodyReading<String> body = begun(200, more -> {});
        body.onNext(bytes("ab"));
        body.broken(broken);
        assertThatThrownBy(() -> body.result().join()).hasCause(broken);
    }

    @Test
    void withoutAHeadTheFailureItselfIsTold() {
        BodyReading<String> body = new BodyReading<>(new Counting(more -> {}));
        body.broken(broken);
        assertThatThrownBy(() -> body.result().join()).hasCause(broken);
    }

    @Test
    void whatBreaksWhileTheBodyIsReadWaitsForTheReader() {
        BodyReading<?>[] self = new BodyReading<?>[1];
        BodyReading<String> body = begun(200, more -> self[0].broken(broken)); // as another thread would, meanwhile
        self[0] = body;
        body.onNext(bytes("abcd"));
        assertThat(body.result()).isCompletedWithValue("read 4");
    }

    @Test
    void anErrorOfTheListenerEndsTheReading() {
        AssertionError thrown = new AssertionError("of the user");
        BodyReading<String> body = begun(200, more -> {
            throw thrown;
        });
        body.onNext(bytes("ab"));
        assertThatThrownBy(() -> body.result().join()).hasCause(thrown);
        assertThat(body.ended()).isTrue();
    }
}
