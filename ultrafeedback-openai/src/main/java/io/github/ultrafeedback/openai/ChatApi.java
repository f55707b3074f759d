package io.github.ultrafeedback.openai;

import java.util.concurrent.CompletableFuture;

/**
 * Gets the answer to one prompt. Each concern is a layer that holds the next; {@code OpenAiGenerator} stacks them. Safe
 * for concurrent use; blocks nobody.
 */
interface ChatApi {
    /** Asks. The future fails with an {@link ApiFailure} and nothing else; cancelling it aborts what is under way. */
    CompletableFuture<Answer> send(ChatCall call);
}
