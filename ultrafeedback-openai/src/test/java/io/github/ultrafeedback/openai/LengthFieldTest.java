package io.github.ultrafeedback.openai;

import static io.github.ultrafeedback.openai.Habits.body;
import static io.github.ultrafeedback.openai.Habits.loopback;
import static io.github.ultrafeedback.openai.Habits.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.testkit.ServerReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two names of the length, and which of them a server takes. */
@Timeout(120)
final class LengthFieldTest {
    @ParameterizedTest
    @CsvSource({"max_tokens, max_completion_tokens", "max_completion_tokens, max_tokens"})
    void theLengthIsRenamedOnceAndForAll(String refused, String taken) {
        LengthField first = refused.equals("max_tokens") ? LengthField.MAX_TOKENS : LengthField.MAX_COMPLETION_TOKENS;
        try (Loopback loopback = new Loopback(
                refusing("unsupported_parameter", refused), Loopback.openAi().lengthField(first), new SkippingTime())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(2);
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(1);
            assertThat(body(loopback.server.requests().get(2)).path(taken).asInt())
                    .isEqualTo(1024);
        }
    }

    @Test
    void aServerThatRefusesBothLengthsIsNotAskedForEver() {
        try (Loopback loopback = loopback(refusing("unsupported_parameter", "max_tokens", "max_completion_tokens"))) {
            assertThat(Loopback.failure(loopback.submit())).isInstanceOf(InvalidRequestException.class);
            assertThat(loopback.server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "null, \"max_tokens\"",
        "\"400\", \"max_tokens\"",
        "\"invalid_request_error\", \"max_tokens\"",
        "null, null"
    })
    void theLengthIsRenamedWhereTheMessageNamesTheOther(String code, String param) {
        ServerReply refusal = ServerReply.json(
                400,
                "{\"error\":{\"message\":\"'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                        + " instead.\",\"type\":\"invalid_request_error\",\"code\":" + code + ",\"param\":" + param
                        + "}}");
        try (Loopback loopback = loopback(r -> body(r).has("max_tokens") ? refusal : Loopback.answer())) {
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(2);
            assertThat(Loopback.join(loopback.submit()).attempts()).isEqualTo(1);
        }
    }

    @Test
    void aLengthThatIsTooLongIsNotRenamed() {
        try (Loopback loopback = loopback(refusing(null, "max_tokens"))) {
            assertThat(Loopback.failure(loopback.submit())).hasMessageContaining("param max_tokens");
            assertThat(Loopback.failure(loopback.submit())).hasMessageContaining("param max_tokens");
            assertThat(loopback.server.requests()).hasSize(2);
        }
    }
}
