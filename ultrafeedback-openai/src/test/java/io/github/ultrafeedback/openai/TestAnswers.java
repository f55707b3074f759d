package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.SamplingParams;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads answers that come whole. */
final class TestAnswers {
    private TestAnswers() {}

    static Answer whole(SamplingParams params, List<String> cutAt, String body) {
        AnswerReader reader = new AnswerReader(TestCalls.call(params, new TestCalls.Heard(false)), cutAt);
        reader.head(200, TestCalls.headers("content-type", "application/json", "x-request-id", "req_9"));
        reader.accept(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        return reader.end();
    }

    static Answer whole(String body) {
        return whole(SamplingParams.defaults(), List.of(), body);
    }
}
