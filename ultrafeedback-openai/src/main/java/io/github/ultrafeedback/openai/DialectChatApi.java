package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.concurrent.CompletableFuture;

/** Finds out which parameters the server knows before it is sent any. */
final class DialectChatApi implements ChatApi {
    private final ChatApi next;
    private final DialectDetector detector;
    private final Endpoint endpoint;

    DialectChatApi(ChatApi next, DialectDetector detector, Endpoint endpoint) {
        this.next = next;
        this.detector = detector;
        this.endpoint = endpoint;
    }

    @Override
    public CompletableFuture<Answer> send(ChatCall call) {
        Steps<Answer> steps = new Steps<>();
        CompletableFuture<?> unused = steps.at(detector.dialect(!plain(call))).whenComplete((dialect, failure) -> {
            if (failure != null) {
                steps.fail(DialectDetector.notSent(ApiFailure.of(failure)));
            } else {
                proceed(call, dialect, steps);
            }
        });
        return steps.result();
    }

    /** Whether every dialect has all that is asked for. */
    private boolean plain(ChatCall call) {
        try {
            ParamRules.check(call.params(), Dialect.OPENAI, endpoint);
            return true;
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    private void proceed(ChatCall call, Dialect dialect, Steps<Answer> steps) {
        if (steps.ended()) {
            return;
        }
        call.dialect(dialect);
        try {
            ParamRules.check(call.params(), dialect, endpoint);
        } catch (InvalidRequestException e) {
            String message = e.getMessage();
            steps.fail(ApiFailure.local(
                    ApiFailure.Kind.INVALID, message == null ? "" : message, Certainty.NOT_SENT, null));
            return;
        }
        CompletableFuture<?> unused = steps.at(next.send(call)).whenComplete((answer, failure) -> {
            if (failure == null) {
                steps.succeed(answer);
            } else {
                steps.fail(ApiFailure.of(failure));
            }
        });
    }
}
