package io.github.ultrafeedback.peers;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** openai-java's asynchronous client with its defaults. */
public final class OpenAiJavaAsync implements Function<String, CompletionStage<String>> {
    private final OpenAIClientAsync client;

    public OpenAiJavaAsync(String baseUrl, Integer inFlight, Executor unused) {
        this(OpenAIOkHttpClientAsync.builder().baseUrl(baseUrl).apiKey("none").build());
    }

    OpenAiJavaAsync(OpenAIClientAsync client) {
        this.client = client;
    }

    static ChatCompletionCreateParams request(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addUserMessage(prompt)
                .maxCompletionTokens(128)
                .build();
    }

    @Override
    public CompletionStage<String> apply(String prompt) {
        return client.chat().completions().create(request(prompt)).thenApply(answer ->
                answer.choices().get(0).message().content().orElseThrow());
    }
}
