package io.github.ultrafeedback.peers;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Spring AI's chat model with a connection pool as large as what is in flight. */
public final class SpringAiWide implements Function<String, CompletionStage<String>> {
    private final SpringAiChat chat;

    public SpringAiWide(String baseUrl, Integer inFlight, Executor threads) {
        chat = new SpringAiChat(baseUrl, threads, http -> {
            http.maxIdleConnections(inFlight);
            http.keepAliveDuration(Duration.ofMinutes(5));
        });
    }

    @Override
    public CompletionStage<String> apply(String prompt) {
        return chat.apply(prompt);
    }
}
