package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The innermost layer: writes the request, sends it once, reads the answer. */
final class HttpChatApi implements ChatApi {
    private final HttpTransport transport;
    private final RequestWriter writer;
    private final RunEnd runEnd;

    HttpChatApi(HttpTransport transport, RequestWriter writer, RunEnd runEnd) {
        this.transport = transport;
        this.writer = writer;
        this.runEnd = runEnd;
    }

    @Override
    public CompletableFuture<Answer> send(ChatCall call) {
        @Nullable ApiFailure ended = runEnd.cause();
        if (ended != null) {
            return CompletableFuture.failedFuture(ended);
        }
        ApiRequest request;
        StopPlan stops;
        try {
            stops = writer.stops(call);
            ObjectNode body = writer.body(call, stops);
            call.sentFields(writer.ours(body));
            request = ApiRequest.json(writer.path(), call.events().streams(), Json.bytes(body));
        } catch (ApiFailure e) {
            return CompletableFuture.failedFuture(e);
        }
        Steps<Answer> steps = new Steps<>();
        CompletableFuture<Answer> answer = steps.at(transport.send(request, () -> {
            call.attemptBegins();
            return new AnswerReader(call, stops.cut());
        }));
        CompletableFuture<?> unused = answer.whenComplete((value, thrown) -> {
            if (thrown == null) { // what is known of the attempt stands before the next layer hears of it
                call.attemptEnded(null);
                steps.succeed(value);
                return;
            }
            ApiFailure failure = ApiFailure.of(thrown);
            call.attemptEnded(failure.certainty());
            steps.fail(failure);
        });
        return steps.result();
    }
}
