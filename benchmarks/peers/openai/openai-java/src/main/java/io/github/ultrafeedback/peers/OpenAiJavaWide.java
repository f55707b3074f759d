package io.github.ultrafeedback.peers;

import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** openai-java's asynchronous client over an OkHttpClient that lets all requests go at once and keeps connections. */
public final class OpenAiJavaWide implements Function<String, CompletionStage<String>> {
    private final OpenAiJavaAsync client;

    public OpenAiJavaWide(String baseUrl, Integer inFlight, Executor unused) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(inFlight);
        dispatcher.setMaxRequestsPerHost(inFlight);
        OkHttpClient http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(inFlight, 5, TimeUnit.MINUTES))
                .build();
        client = new OpenAiJavaAsync(OpenAIOkHttpClientAsync.builder()
                .okHttpClient(http)
                .timeout(Duration.ofMinutes(10))
                .baseUrl(baseUrl)
                .apiKey("none")
                .build());
    }

    @Override
    public CompletionStage<String> apply(String prompt) {
        return client.apply(prompt);
    }
}
