package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each error of the API means. Names count before the status: a 429 may be a limit, a request, or money. */
final class ErrorTable {
    private static final Set<String> QUOTA = Set.of(
            "insufficient_quota",
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "billing_hard_limit_reached",
            "billing_not_active");
    private static final Set<String> TOO_LONG = Set.of("context_length_exceeded", "exceed_context_size_error");
    private static final Set<String> OVERLOADED =
            Set.of("slow_down", "server_is_overloaded", "service_unavailable_error", "overloaded_error");
    private static final Set<String> BATCH_LATE = Set.of("batch_expired", "request_timeout");
    private static final Set<String> BATCH_LIMITS = Set.of("token_limit_exceeded", "request_limit_exceeded");
    private static final Set<String> LIMITED = Set.of("rate_limit_exceeded", "rate_limit_error");
    private static final Set<String> BAD_KEY = Set.of("invalid_api_key", "authentication_error");
    private static final Set<String> INVALID = Set.of("invalid_request_error", "badrequesterror", "content_filter");
    private static final Set<Integer> NOT_REACHED = Set.of(503, 521, 522, 523, 525, 526, 529);

    private ErrorTable() {}

    /** What to make of an error; the sentence lacks its full stop. */
    record Verdict(Kind kind, Certainty certainty, String what) {}

    /** An error response. The message, in lower case, is looked at and goes no further. */
    static Verdict verdict(ErrorFacts facts, String message) {
        if (named(facts, QUOTA) || facts.status() == 402) {
            return refused(Kind.QUOTA, "The account has no money or quota left; see its billing page");
        }
        if (named(facts, TOO_LONG) || ContextLengths.exceeded(message)) {
            return refused(Kind.TOO_LONG, "The prompt and maxTokens do not fit into the model's context");
        }
        return switch (facts.status()) {
            case 401 -> refused(Kind.AUTHENTICATION, "The server did not accept the key; check apiKey");
            case 403 -> refused(Kind.AUTHENTICATION, "The key or this region may not use the model");
            case 404 ->
                refused(
                        Kind.NOT_FOUND,
                        "The server knows no such model or address; check both, and whether"
                                + " baseUrl ends where the API begins, often with /v1");
            case 425 -> refused(Kind.SERVER, "The server found the request too early");
            case 499 -> new Verdict(Kind.SERVER, Certainty.MAYBE_DONE, "A proxy lost the request");
            case 408 -> refused(Kind.SERVER, "The server waited too long for the request");
            case 409 -> refused(Kind.SERVER, "The server found a conflict");
            case 429 -> tooMany(facts, message);
            default -> byClass(facts);
        };
    }

    private static Verdict tooMany(ErrorFacts facts, String message) {
        if (message.contains("request too large")) {
            return refused(
                    Kind.INVALID,
                    "This one request is above the limit of tokens per minute; shorten the prompt"
                            + " or lower maxTokens");
        }
        return named(facts, OVERLOADED)
                ? refused(Kind.OVERLOADED, "The server asks for slower growth")
                : refused(Kind.RATE_LIMIT, "The server asks for fewer requests or tokens");
    }

    private static Verdict byClass(ErrorFacts facts) {
        int status = facts.status();
        if (status >= 500) {
            Certainty certainty = NOT_REACHED.contains(status) ? Certainty.REFUSED : Certainty.MAYBE_DONE;
            boolean overloaded = status == 503 || status == 529 || named(facts, OVERLOADED);
            return status == 501 || status == 505
                    ? refused(Kind.INVALID, "The server does not offer this")
                    : new Verdict(overloaded ? Kind.OVERLOADED : Kind.SERVER, certainty, "The server failed");
        }
        if (status >= 300 && status < 400) {
            return refused(Kind.INVALID, "The server redirects, which is not followed; set baseUrl to where it points");
        }
        return refused(Kind.INVALID, "The server refused the request");
    }

    /** An error after the answer had begun. */
    static Verdict streamed(ErrorFacts facts, String message) {
        if (named(facts, LIMITED)) {
            return refused(Kind.RATE_LIMIT, "");
        }
        if (named(facts, BAD_KEY)) {
            return refused(Kind.AUTHENTICATION, "");
        }
        if (named(facts, Set.of("model_not_found"))) {
            return refused(Kind.NOT_FOUND, "");
        }
        if (named(facts, OVERLOADED)) {
            return refused(Kind.OVERLOADED, "");
        }
        boolean known = facts.status() != 0
                || named(facts, QUOTA)
                || named(facts, TOO_LONG)
                || named(facts, INVALID); // these names come with 400 alone
        return known ? verdict(facts, message) : refused(Kind.SERVER, "");
    }

    /** An error of the Batch API, which comes without a status. */
    static Verdict batched(ErrorFacts facts, String message) {
        if (named(facts, BATCH_LATE)) {
            return refused(Kind.TIMEOUT, "");
        }
        return named(facts, BATCH_LIMITS) ? refused(Kind.RATE_LIMIT, "") : streamed(facts, message);
    }

    private static Verdict refused(Kind kind, String what) {
        return new Verdict(kind, Certainty.REFUSED, what);
    }

    private static boolean named(ErrorFacts facts, Set<String> names) {
        return in(facts.type(), names) || in(facts.code(), names);
    }

    private static boolean in(@Nullable String name, Set<String> names) {
        return name != null && names.contains(name.toLowerCase(Locale.ROOT));
    }
}
