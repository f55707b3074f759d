package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.Usage;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Traffic to endpoints that answer when the test says so; time stands still. */
final class TrafficBench {
    final TestTime time = new TestTime();
    final OpenAiLimits limits = new OpenAiLimits();
    final List<OpenAiLoad> loads = new ArrayList<>();
    final RunEnd runEnd = new RunEnd();
    final Place a = new Place();
    final Place b = new Place();

    /** An endpoint whose requests wait for the test. */
    static final class Place implements ChatApi {
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

    TrafficChatApi api(int maxInFlight, Place... places) {
        return api(maxInFlight, loads::add, places);
    }

    TrafficChatApi api(int maxInFlight, Consumer<OpenAiLoad> listener, ChatApi... places) {
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

    static ChatCall call() {
        return TestCalls.call(new TestCalls.Heard(false));
    }

    OpenAiLoad last() {
        return loads.get(loads.size() - 1);
    }

    static List<CompletableFuture<Answer>> send(TrafficChatApi api, int count) {
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(api.send(call()));
        }
        return sent;
    }

    static ApiFailure failure(CompletableFuture<Answer> future) {
        return future.handle((answer, thrown) -> ApiFailure.of(thrown)).join();
    }
}
