package io.github.ultrafeedback.openai;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tries again, by {@link RetryRules}, and holds no thread while it waits. */
final class RetryingChatApi implements ChatApi {
    private final ChatApi next;
    private final RetryRules rules;
    private final FailsafeTimer timer;

    RetryingChatApi(ChatApi next, RetryRules rules, Time time) {
        this.next = next;
        this.rules = rules;
        this.timer = new FailsafeTimer(time);
    }

    /** Failsafe asks first whether to handle a failure, then for the delay; both are one decision, made once. */
    private final class Decisions {
        private final ChatCall call;
        private int failures;
        private Duration delay = Duration.ZERO;

        Decisions(ChatCall call) {
            this.call = call;
        }

        boolean again(Throwable thrown) {
            ApiFailure failure = ApiFailure.of(thrown);
            failures++;
            @Nullable Duration decided = rules.delay(call, failure, failures);
            if (decided == null) {
                return false;
            }
            delay = decided;
            call.events().retried(failures + call.moves(), delay, failure);
            return true;
        }
    }

    @Override
    public CompletableFuture<Answer> send(ChatCall call) {
        Decisions decisions = new Decisions(call);
        RetryPolicy<Answer> policy = RetryPolicy.<Answer>builder()
                .handleIf(decisions::again)
                .withMaxRetries(-1)
                .withDelayFn(context -> decisions.delay)
                .build();
        CompletableFuture<Answer> answer = Failsafe.with(policy).with(timer).getStageAsync(() -> next.send(call));
        CompletableFuture<?> unused = answer.thenRun(rules::answered);
        return answer; // itself, since cancelling it is what reaches the attempt
    }
}
