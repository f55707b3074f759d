package io.github.ultrafeedback.peers;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** LangChain4j's chat model with its defaults, which block: a thread for each request. */
public final class LangChain4jChat implements Function<String, CompletionStage<String>> {
    private final ChatModel model;
    private final Executor threads;

    public LangChain4jChat(String baseUrl, Integer inFlight, Executor threads) {
        this.threads = threads;
        model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxCompletionTokens(128)
                .build();
    }

    @Override
    public CompletionStage<String> apply(String prompt) {
        return CompletableFuture.supplyAsync(() -> model.chat(prompt), threads);
    }
}
