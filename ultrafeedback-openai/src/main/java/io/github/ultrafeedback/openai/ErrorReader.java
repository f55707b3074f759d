package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a server says of an error, in OpenAI's words or in those of servers like it. */
final class ErrorReader {
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private ErrorReader() {}

    /** An error response. Its body may be JSON, HTML or nothing. */
    static ApiFailure failure(int status, HttpHeaders headers, byte[] body) {
        JsonNode root = object(Gzip.unpacked(body));
        JsonNode error = root == null ? MissingNode.getInstance() : root.path("error");
        if (error.isTextual() && root != null) { // {"error": "text"}, as some servers write
            return typed(status, headers, root, error.textValue());
        }
        if (!error.isObject() && root != null) { // old servers of vLLM wrote the fields at the top
            error = root;
        }
        return typed(status, headers, error, error.path("message").asText(""));
    }

    /** The object, or the first of a list, in which Google's servers wrap it; null where there is none. */
    private static @Nullable JsonNode object(byte[] body) {
        JsonNode root = Json.any(body);
        JsonNode first = root != null && root.isArray() ? root.path(0) : root;
        return first != null && first.isObject() ? first : null;
    }

    /** The error that stands in a response of success, or null where there is none. */
    static @Nullable JsonNode within(JsonNode root) {
        JsonNode error = root.path("error");
        boolean named =
                error.isObject() || (error.isTextual() && !error.textValue().isEmpty());
        boolean old = root.path("object").asText("").equals("error"); // old servers of vLLM
        return named ? error : old ? root : null;
    }

    /** An error within a response that began well. */
    static ApiFailure streamed(JsonNode error, HttpHeaders headers) {
        String code = Json.text(error, "code");
        int status = code != null && code.matches("[45]\\d\\d") ? Integer.parseInt(code) : 0;
        String message =
                error.isTextual() ? error.textValue() : error.path("message").asText("");
        ErrorFacts facts = facts(status, headers, error, message);
        ErrorTable.Verdict verdict = ErrorTable.streamed(facts, message.toLowerCase(Locale.ROOT));
        return ApiFailure.remote(
                verdict.kind(),
                "The server broke off its answer with an error: " + verdict.what(),
                Certainty.MAYBE_DONE,
                facts,
                headers);
    }

    /** An error that stands in a file of answers, or on a whole batch, without a status. */
    static ApiFailure batched(JsonNode error, String what, Certainty certainty) {
        String message = error.path("message").asText("");
        ErrorFacts facts = facts(0, NO_HEADERS, error, message);
        ErrorTable.Verdict verdict = ErrorTable.batched(facts, message.toLowerCase(Locale.ROOT));
        return ApiFailure.remote(verdict.kind(), what, certainty, facts, NO_HEADERS);
    }

    private static ApiFailure typed(int status, HttpHeaders headers, JsonNode error, String message) {
        ErrorFacts facts = facts(status, headers, error, message);
        ErrorTable.Verdict verdict = ErrorTable.verdict(facts, message.toLowerCase(Locale.ROOT));
        return ApiFailure.remote(verdict.kind(), verdict.what(), verdict.certainty(), facts, headers);
    }

    private static ErrorFacts facts(int status, HttpHeaders headers, JsonNode error, String message) {
        NamedField named = NamedField.of(error, message);
        return new ErrorFacts(
                status,
                Json.text(error, "type"),
                named.code(),
                named.param(),
                headers.firstValue("x-request-id").orElse(null),
                length(error, "n_prompt_tokens", ContextLengths.prompt(message)),
                length(error, "n_ctx", ContextLengths.context(message)));
    }

    private static int length(JsonNode error, String field, int inWords) {
        return error.path(field).isInt() ? error.path(field).intValue() : inWords; // llama.cpp has fields for them
    }
}
