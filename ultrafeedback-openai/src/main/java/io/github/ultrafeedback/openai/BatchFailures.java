package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns failures of the calls around a batch into exceptions. Behind them stand many prompts, any of which the server
 * may have quoted: only codes that we know are shown.
 */
final class BatchFailures {
    private static final Set<String> KNOWN = Set.of(
            "token_limit_exceeded",
            "request_limit_exceeded",
            "rate_limit_exceeded",
            "insufficient_quota",
            "billing_hard_limit_reached",
            "invalid_api_key",
            "model_not_found",
            "invalid_json_line",
            "duplicate_custom_id",
            "missing_required_parameter",
            "unsupported_parameter",
            "unsupported_value",
            "unknown_parameter",
            "invalid_value",
            "invalid_url",
            "invalid_method",
            "mismatched_model",
            "empty_file",
            "server_error");
    private static final Pattern REQUEST_ID = Pattern.compile("req_[0-9a-zA-Z]{1,64}");

    private BatchFailures() {}

    /** Which call failed. */
    enum Step {
        LIST("Earlier batches could not be looked up"),
        UPLOAD("The file of the batch could not be uploaded"),
        CREATE("The batch could not be created"),
        ASK("The batch could not be asked for"),
        CANCEL("The batch could not be cancelled"),
        FETCH("The answers of the batch could not be fetched");

        private final String text;

        Step(String text) {
            this.text = text;
        }
    }

    static GenerationException exception(ApiFailure failure, Step step, Instant now) {
        int status = failure.facts().status();
        boolean model = "model_not_found".equals(failure.facts().code());
        boolean missing = (failure.kind() == Kind.NOT_FOUND && !model) || status == 405 || status == 501;
        if (missing) {
            return new InvalidRequestException(missing(step) + shown(failure), Certainty.REFUSED)
                    .initReport(0, status, plainId(failure));
        }
        String message = step.text + ": " + failure.what() + "." + shown(failure);
        return FailureMessages.exception(failure, message, failure.certainty(), now)
                .initReport(0, status, plainId(failure));
    }

    private static String missing(Step step) {
        return switch (step) {
            case LIST, UPLOAD, CREATE ->
                "The server has no Batch API below baseUrl; check baseUrl, or hand in each request with submit.";
            case ASK, CANCEL ->
                "handle.id names no batch that this key can see; open the generator with the server,"
                        + " key and project that the batch was handed in with.";
            case FETCH -> "The file with the answers is gone; servers keep it for some weeks, OpenAI for 30 days.";
        };
    }

    /** For example {@code (status 429, code rate_limit_exceeded)}, with its blank, or nothing. */
    static String shown(ApiFailure failure) {
        ErrorFacts facts = failure.facts();
        String code = known(facts.code());
        String text = new ErrorFacts(facts.status(), null, code, null, plainId(failure), -1, -1).shown();
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    private static @Nullable String plainId(ApiFailure failure) {
        String requestId = failure.facts().requestId();
        return requestId != null && REQUEST_ID.matcher(requestId).matches() ? requestId : null;
    }

    private static @Nullable String known(@Nullable String code) {
        return code != null && KNOWN.contains(code) ? code : null;
    }
}
