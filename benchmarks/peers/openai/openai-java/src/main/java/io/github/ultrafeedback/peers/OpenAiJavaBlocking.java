package io.github.ultrafeedback.peers;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** openai-java's blocking client, a thread for each request, with a connection pool as large as what is in flight. */
public final class OpenAiJavaBlocking implements Function<String, CompletionStage<String>> {
    private final OpenAIClient client;
    private final Executor threads;

    public OpenAiJavaBlocking(String baseUrl, Integer inFlight, Executor threads) {
        this.threads = threads;
        client = OpenAIOkHttpClient.builder()
                .maxIdleConnections(inFlight)
                .keepAliveDuration(Duration.ofMinutes(5))
                .baseUrl(baseUrl)
                .apiKey("none")
                .build();
    }

    @Override
    public CompletionStage<String> apply(String prompt) {
        return CompletableFuture.supplyAsync(
                () -> client.chat()
                        .completions()
                        .create(OpenAiJavaAsync.request(prompt))
                        .choices()
                        .get(0)
                        .message()
                        .content()
                        .orElseThrow(),
                threads);
    }
}
