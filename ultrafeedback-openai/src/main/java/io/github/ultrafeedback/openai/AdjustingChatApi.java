package io.github.ultrafeedback.openai;

import java.util.concurrent.CompletableFuture;

/** Sends a request again, without waiting, once it has learnt which parameter the model refuses. */
final class AdjustingChatApi implements ChatApi {
    private static final int MOST = 8; // more parameters than any model refuses

    private final ChatApi next;
    private final Adjustments adjustments;

    AdjustingChatApi(ChatApi next, Adjustments adjustments) {
        this.next = next;
        this.adjustments = adjustments;
    }

    @Override
    public CompletableFuture<Answer> send(ChatCall call) {
        Steps<Answer> steps = new Steps<>();
        attempt(call, steps, 0);
        return steps.result();
    }

    private void attempt(ChatCall call, Steps<Answer> steps, int adjusted) {
        CompletableFuture<?> unused = steps.at(next.send(call)).whenComplete((answer, thrown) -> {
            if (thrown == null) {
                steps.succeed(answer);
                return;
            }
            ApiFailure failure = ApiFailure.of(thrown);
            ApiFailure told = adjustments.learn(failure, call.sentFields(), call.params());
            if (told == null && adjusted < MOST && !steps.ended()) {
                attempt(call, steps, adjusted + 1);
            } else {
                steps.fail(told == null ? failure : told);
            }
        });
    }
}
