package io.github.ultrafeedback.openai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Ends a prompt whose time is up, whatever it waits for. */
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
        CompletableFuture<Void> alarm = time.timer(total);
        CompletableFuture<Answer> step = steps.at(next.send(call));
        CompletableFuture<?> unusedLate = alarm.thenRun(() -> {
            steps.fail(ApiFailure.local(
                    ApiFailure.Kind.TIMEOUT,
                    "No answer came within totalTimeout, " + total + "; raise it, or lower maxInFlight",
                    call.certainty(),
                    null));
            step.cancel(true);
        });
        CompletableFuture<?> unused = step.whenComplete((answer, failure) -> {
            if (failure == null) {
                steps.succeed(answer);
            } else {
                steps.fail(ApiFailure.of(failure));
            }
        });
        CompletableFuture<?> unusedEnd = steps.result().whenComplete((answer, failure) -> alarm.cancel(false));
        return steps.result();
    }
}
