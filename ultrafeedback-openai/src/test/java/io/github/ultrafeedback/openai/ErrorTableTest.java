package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.error.Certainty;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row by row what the errors of the API mean. */
final class ErrorTableTest {
    private static ApiFailure read(int status, String body) {
        return ErrorReader.failure(
                status, TestCalls.headers("x-request-id", "req_1"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String type, String code, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":" + quoted(type) + ",\"param\":null,\"code\":"
                + quoted(code) + "}}";
    }

    private static String quoted(String text) {
        return text.equals("null") || text.matches("\\d+") ? text : "\"" + text + "\"";
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, context_length_exceeded, TOO_LONG, REFUSED",
        "400, invalid_request_error, unsupported_parameter, INVALID, REFUSED",
        "400, invalid_request_error, invalid_prompt, INVALID, REFUSED",
        "400, invalid_request_error, content_policy_violation, INVALID, REFUSED",
        "400, invalid_request_error, billing_hard_limit_reached, QUOTA, REFUSED",
        "400, BadRequestError, 400, INVALID, REFUSED",
        "400, exceed_context_size_error, 400, TOO_LONG, REFUSED",
        "401, invalid_request_error, invalid_api_key, AUTHENTICATION, REFUSED",
        "402, null, null, QUOTA, REFUSED",
        "403, null, unsupported_country_region_territory, AUTHENTICATION, REFUSED",
        "404, invalid_request_error, model_not_found, NOT_FOUND, REFUSED",
        "408, null, null, SERVER, REFUSED",
        "409, null, null, SERVER, REFUSED",
        "413, null, null, INVALID, REFUSED",
        "422, null, null, INVALID, REFUSED",
        "429, requests, rate_limit_exceeded, RATE_LIMIT, REFUSED",
        "429, tokens, rate_limit_exceeded, RATE_LIMIT, REFUSED",
        "429, null, null, RATE_LIMIT, REFUSED",
        "429, rate_limit_error, slow_down, OVERLOADED, REFUSED",
        "429, insufficient_quota, insufficient_quota, QUOTA, REFUSED",
        "429, insufficient_quota, null, QUOTA, REFUSED",
        "429, null, insufficient_quota, QUOTA, REFUSED",
        "429, null, credit_balance_exhausted, QUOTA, REFUSED",
        "429, null, organization_spend_limit_exceeded, QUOTA, REFUSED",
        "429, null, project_spend_limit_exceeded, QUOTA, REFUSED",
        "429, null, organization_usage_limit_exceeded, QUOTA, REFUSED",
        "500, server_error, null, SERVER, MAYBE_DONE",
        "502, null, null, SERVER, MAYBE_DONE",
        "503, service_unavailable_error, server_is_overloaded, OVERLOADED, REFUSED",
        "503, unavailable_error, 503, OVERLOADED, REFUSED",
        "504, null, null, SERVER, MAYBE_DONE",
        "520, null, null, SERVER, MAYBE_DONE",
        "521, null, null, SERVER, REFUSED",
        "522, null, null, SERVER, REFUSED",
        "523, null, null, SERVER, REFUSED",
        "524, null, null, SERVER, MAYBE_DONE",
        "501, null, null, INVALID, REFUSED",
        "307, null, null, INVALID, REFUSED",
    })
    void eachErrorHasItsMeaning(int status, String type, String code, ApiFailure.Kind kind, Certainty certainty) {
        ApiFailure failure = read(status, body(type, code, "Words of the server's."));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.certainty()).isEqualTo(certainty);
        assertThat(failure.facts().status()).isEqualTo(status);
        assertThat(failure.facts().requestId()).isEqualTo("req_1");
        assertThat(failure.what()).doesNotContain("Words of");
    }

    @Test
    void aRequestAboveTheLimitIsNotTriedAgain() {
        String message = "Request too large for gpt-4 on tokens per min (TPM): Limit 10000, Requested 12000.";
        assertThat(read(429, body("tokens", "rate_limit_exceeded", message)).kind())
                .isEqualTo(ApiFailure.Kind.INVALID);
    }

    @Test
    void bodiesOfOtherServersAreUnderstood() {
        assertThat(read(502, "<html>Bad Gateway</html>").kind()).isEqualTo(ApiFailure.Kind.SERVER);
        assertThat(read(500, "").kind()).isEqualTo(ApiFailure.Kind.SERVER);
        assertThat(read(400, "{\"error\":\"no\"}").kind()).isEqualTo(ApiFailure.Kind.INVALID);
        assertThat(read(400, "[1]").kind()).isEqualTo(ApiFailure.Kind.INVALID);
        ApiFailure old = read(
                400,
                "{\"object\":\"error\",\"message\":\"This model's maximum context length is 2048 tokens. However, you"
                        + " requested 3000 tokens (1976 in the messages, 1024 in the completion).\",\"code\":400}");
        assertThat(old.kind()).isEqualTo(ApiFailure.Kind.TOO_LONG);
        assertThat(old.facts().contextLength()).isEqualTo(2048);
        ApiFailure llama = read(
                400,
                "{\"error\":{\"code\":400,\"message\":\"x\",\"type\":\"exceed_context_size_error\","
                        + "\"n_prompt_tokens\":5000,\"n_ctx\":4096}}");
        assertThat(llama.facts().promptTokens()).isEqualTo(5000);
        assertThat(llama.facts().contextLength()).isEqualTo(4096);
    }

    @Test
    void anUnknownArgumentIsNamedInOldWordsToo() {
        ErrorFacts facts = read(
                        400, body("invalid_request_error", "null", "Unrecognized request argument supplied: top_k"))
                .facts();
        assertThat(facts.param()).isEqualTo("top_k");
        assertThat(facts.code()).isEqualTo("unknown_parameter");
    }

    @Test
    void proseIsNoName() {
        ErrorFacts facts =
                read(400, body("my secret prompt", "and more of it", "x")).facts();
        assertThat(facts.type()).isNull();
        assertThat(facts.code()).isNull();
        assertThat(facts.shown()).isEqualTo("status 400, request req_1");
    }
}
