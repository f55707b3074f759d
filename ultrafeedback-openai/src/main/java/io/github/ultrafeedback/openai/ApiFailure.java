package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One failed attempt. Layers decide by its kind; only what leaves the generator becomes one of the public exceptions,
 * so that a retry costs no stack trace. Holds nothing that the server wrote but names made of letters.
 */
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final Kind kind;
    private final Certainty certainty;
    private final transient ErrorFacts facts;
    private final transient HttpHeaders headers;
    private boolean ofOneEndpoint; // written before anybody else sees it

    /** What failed, and with it who can do something about it. */
    enum Kind {
        /** The request is wrong, and would be wrong again. */
        INVALID(false),
        /** The prompt does not fit into the context. */
        TOO_LONG(false),
        /** The key is missing, wrong or not allowed to do this: ends the run. */
        AUTHENTICATION(false),
        /** There is no such model or address: ends the run. */
        NOT_FOUND(false),
        /** There is no money left: ends the run. */
        QUOTA(false),
        /** Too many requests or tokens. */
        RATE_LIMIT(true),
        /** Traffic grew too fast, or the server is overloaded: wait longer, and ask less at once. */
        OVERLOADED(true),
        /** The server failed. */
        SERVER(true),
        /** The answer makes no sense. */
        BAD_ANSWER(true),
        /** The connection failed. */
        TRANSPORT(true),
        /** The answer did not come in time. */
        TIMEOUT(true),
        /** The caller's own code failed: a token listener, or the supplier of the key. */
        CALLER(false);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether asking again may help, unless the server says otherwise. */
        boolean retryable() {
            return retryable;
        }

        /** Whether every other request to this endpoint would fail the same way. */
        boolean endsRun() {
            return this == AUTHENTICATION || this == NOT_FOUND || this == QUOTA;
        }
    }

    private ApiFailure(
            Kind kind,
            String what,
            Certainty certainty,
            ErrorFacts facts,
            HttpHeaders headers,
            @Nullable Throwable cause) {
        super(what, cause, false, false);
        this.kind = kind;
        this.certainty = certainty;
        this.facts = facts;
        this.headers = headers;
    }

    /** A failure that no server reported. Takes what happened, as a sentence without its full stop. */
    static ApiFailure local(Kind kind, String what, Certainty certainty, @Nullable Throwable cause) {
        return new ApiFailure(kind, what, certainty, ErrorFacts.NONE, NO_HEADERS, cause);
    }

    /** A failure that a server reported. */
    static ApiFailure remote(Kind kind, String what, Certainty certainty, ErrorFacts facts, HttpHeaders headers) {
        return new ApiFailure(kind, what, certainty, facts, headers, null);
    }

    /** What a future of a layer failed with. */
    static ApiFailure of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ApiFailure known
                ? known
                : local(
                        Kind.CALLER,
                        "The client failed with " + cause.getClass().getName() + ", which should be reported",
                        Certainty.MAYBE_DONE,
                        null);
    }

    /** The same failure, of a request behind which no work stands that could be done twice. */
    ApiFailure harmless() {
        return new ApiFailure(kind, what(), Certainty.REFUSED, facts, headers, getCause());
    }

    /** The same failure where the server echoed the key in a name. */
    ApiFailure hiding(@Nullable String key) {
        ErrorFacts shown = facts.hiding(key);
        return shown.equals(facts) ? this : new ApiFailure(kind, what(), certainty, shown, headers, getCause());
    }

    /** The same failure where other endpoints work: it ends this prompt and not the run. */
    ApiFailure ofOneEndpoint() {
        ApiFailure same = new ApiFailure(kind, what(), certainty, facts, headers, getCause());
        same.ofOneEndpoint = true;
        return same;
    }

    /** Whether every other request would fail the same way. */
    boolean endsRun() {
        return kind.endsRun() && !ofOneEndpoint;
    }

    Kind kind() {
        return kind;
    }

    Certainty certainty() {
        return certainty;
    }

    ErrorFacts facts() {
        return facts;
    }

    /** The headers of the response; none where there was none. */
    HttpHeaders headers() {
        return headers;
    }

    /** What happened, without secrets. */
    String what() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }
}
