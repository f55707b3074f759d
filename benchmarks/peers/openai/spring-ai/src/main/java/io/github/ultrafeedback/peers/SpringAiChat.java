package io.github.ultrafeedback.peers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;

/** Spring AI's chat model with its defaults, which block: a thread for each request. */
public final class SpringAiChat implements Function<String, CompletionStage<String>> {
    private final OpenAiChatModel model;
    private final Executor threads;

    public SpringAiChat(String baseUrl, Integer inFlight, Executor threads) {
        this(baseUrl, threads, http -> {});
    }

    SpringAiChat(String baseUrl, Executor threads, OpenAiHttpClientBuilderCustomizer customizer) {
        this.threads = threads;
        OpenAiChatOptions.Builder options = new OpenAiChatOptions.Builder();
        options.baseUrl(baseUrl).apiKey("none").maxCompletionTokens(128).model("gpt-4o-mini");
        model = OpenAiChatModel.builder()
                .options(options.build())
                .httpClientBuilderCustomizer(customizer)
                .build();
    }

    @Override
    public CompletionStage<String> apply(String prompt) {
        return CompletableFuture.supplyAsync(() -> model.call(prompt), threads);
    }
}
