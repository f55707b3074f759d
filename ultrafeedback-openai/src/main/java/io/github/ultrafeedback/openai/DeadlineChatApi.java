package io.github.ultrafeedback.openai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a prompt whose time is up, whatever it waits for. Its time counts from its first turn on: a slow limit of the
 * user's own must not fail prompts that were never sent.
 */
final class DeadlineChatApi implements ChatApi {
    private final ChatApi next;
    private final Duration total;
    private final Time time;

    DeadlineChatApi(ChatApi next, Duration total, Time time) {
        this.next = next;
        this.total = total;
        this.time = time;
    }

    @Override
    public CompletableFuture<Answer> send(ChatCall call) {
        Steps<Answer> steps = new Steps<>();
        CompletableFuture<Answer> step = steps.at(next.send(call));
        CompletableFuture<?> unused = step.whenComplete((answer, failure) -> {
            if (failure == null) {
                steps.succeed(answer);
            } else {
                steps.fail(ApiFailure.of(failure));
            }
        });
        CompletableFuture<?> unusedTurn = call.firstTurn().thenRun(() -> {
            if (!steps.ended()) {
                start(call, steps, step);
            }
        });
        return steps.result();
    }

    private void start(ChatCall call, Steps<Answer> steps, CompletableFuture<Answer> step) {
        CompletableFuture<Void> alarm = time.timer(total);
        CompletableFuture<?> unusedLate = alarm.thenRun(() -> {
            steps.fail(ApiFailure.local(
                    ApiFailure.Kind.TIMEOUT,
                    "No answer came within totalTimeout, " + total + "; raise it, or lower maxInFlight",
                    call.certainty(),
                    null));
            step.cancel(true);
        });
        CompletableFuture<?> unusedEnd = steps.result().whenComplete((answer, failure) -> alarm.cancel(false));
    }
}
