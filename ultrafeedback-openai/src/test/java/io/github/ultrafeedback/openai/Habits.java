package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Servers that refuse fields by name, generators that ask them, and what they were sent. */
final class Habits {
    private Habits() {}

    static JsonNode body(ServerRequest request) {
        return java.util.Objects.requireNonNull(Json.object(request.body()));
    }

    /** Refuses each of these fields by name, one at a time. */
    static Function<ServerRequest, ServerReply> refusing(@Nullable String code, String... fields) {
        return request -> {
            for (String field : fields) {
                if (body(request).has(field)) {
                    return FakeOpenAi.error(400, "invalid_request_error", code, field);
                }
            }
            return Loopback.answer();
        };
    }

    static Loopback loopback(Function<ServerRequest, ServerReply> script) {
        return new Loopback(script, Loopback.openAi(), new SkippingTime());
    }
}
