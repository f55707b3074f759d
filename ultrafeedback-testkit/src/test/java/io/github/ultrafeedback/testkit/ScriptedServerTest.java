package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ScriptedServerTest {
    private static final String BODY = "{\"answer\":\"für\"}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> post(ScriptedServer server, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/chat?x=1"))
                .header("X-Name", "value")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRequestIsKeptAndAnswered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(r -> ServerReply.json(201, BODY, "X-Id: 7"))) {
            HttpResponse<String> response = post(server, "frage: ü");
            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).isEqualTo(BODY);
            assertThat(response.headers().firstValue("x-id")).contains("7");
            ServerRequest request = server.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/v1/chat");
            assertThat(request.target()).isEqualTo("/v1/chat?x=1");
            assertThat(request.header("x-NAME")).isEqualTo("value");
            assertThat(request.header("none")).isNull();
            assertThat(request.text()).isEqualTo("frage: ü");
            assertThat(request.toString()).doesNotContain("frage").contains("POST");
        }
    }

    @Test
    void aConnectionServesManyRequests() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(r -> ServerReply.json(200, String.valueOf(r.index())))) {
            for (int i = 0; i < 5; i++) {
                assertThat(post(server, "x").body()).isEqualTo(String.valueOf(i));
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.openConnections()).isEqualTo(1);
            assertThat(server.awaitRequests(5, Duration.ofSeconds(30))).isTrue();
            assertThat(server.awaitRequests(6, Duration.ZERO)).isFalse();
        }
    }

    @Test
    void anAnswerIsCutAtEveryByte() throws Exception {
        String whole = "HTTP/1.1 200 Scripted\r\nContent-Type: application/json\r\nContent-Length: "
                + BODY.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + BODY;
        int bytes = whole.getBytes(StandardCharsets.UTF_8).length;
        try (ScriptedServer server =
                ScriptedServer.start(r -> ServerReply.json(200, BODY).cutAt(r.index()))) {
            for (int cut = 0; cut < bytes; cut++) {
                assertThatThrownBy(() -> post(server, "x")).as("cut at %s", cut).isInstanceOf(IOException.class);
            }
            assertThat(post(server, "x").body()).as("all bytes are there").isEqualTo(BODY);
        }
    }

    @Test
    void aResetAndASilenceAreSeenAsSuch() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(r -> r.index() == 0
                ? ServerReply.reset()
                : ServerReply.json(200, BODY).resetAt(70))) {
            assertThatThrownBy(() -> post(server, "x")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> post(server, "x")).isInstanceOf(IOException.class);
        }
        for (ServerReply reply :
                List.of(ServerReply.silence(), ServerReply.json(200, BODY).stallAt(60))) {
            ScriptedServer server = ScriptedServer.start(r -> reply);
            CompletableFuture<HttpResponse<String>> future = client.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.url())).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(server.awaitRequests(1, Duration.ofSeconds(30))).isTrue();
            assertThat(future).isNotDone();
            server.close();
            assertThatThrownBy(future::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void anAnswerWaitsForItsGate() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        try (ScriptedServer server =
                ScriptedServer.start(r -> ServerReply.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                        .after(gate))) {
            CompletableFuture<HttpResponse<String>> future = client.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.url())).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(server.awaitRequests(1, Duration.ofSeconds(30))).isTrue();
            assertThat(future).isNotDone();
            gate.complete(null);
            assertThat(future.get().body()).isEqualTo("ok");
        }
    }

    @Test
    void eventsComeInChunks() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(
                r -> ServerReply.events(List.of("{}", "[DONE]")).after(Duration.ofMillis(1)))) {
            HttpResponse<String> response = post(server, "x");
            assertThat(response.body()).isEqualTo("data: {}\n\ndata: [DONE]\n\n");
            assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        }
    }

    @Test
    void aChunkedRequestIsReadWhole() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(r -> ServerReply.json(200, r.text()))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url()))
                    .POST(HttpRequest.BodyPublishers.ofByteArrays(
                            List.of("one ".getBytes(StandardCharsets.UTF_8), "two".getBytes(StandardCharsets.UTF_8))))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("one two");
        }
    }
}
