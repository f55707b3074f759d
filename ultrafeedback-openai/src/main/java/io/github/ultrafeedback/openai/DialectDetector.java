package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds out what a server is, once, by its list of models: those of vLLM and llama.cpp sign theirs. Thread-safe. */
final class DialectDetector {
    private static final int LONGEST = 4 << 20;

    private final List<HttpTransport> transports;
    private int asked;
    private @Nullable CompletableFuture<Dialect> found;

    /** Takes the endpoints, which all speak the same: the next is asked where one fails. */
    DialectDetector(List<HttpTransport> transports) {
        this.transports = transports;
    }

    /**
     * What the server speaks; a copy, which may be cancelled. A failure is forgotten, so that the next one asks again.
     */
    CompletableFuture<Dialect> dialect() {
        return shared().copy();
    }

    private synchronized CompletableFuture<Dialect> shared() {
        CompletableFuture<Dialect> known = found;
        if (known == null || known.isCompletedExceptionally()) {
            HttpTransport transport = transports.get(asked++ % transports.size());
            known = transport.send(ApiRequest.get("models"), () -> new WholeBody<>(LONGEST, DialectDetector::read));
            found = known;
        }
        return known;
    }

    private static Dialect read(int status, HttpHeaders headers, byte[] body) {
        boolean later = status >= 500 || status == 429 || status == 408;
        if (later && status != 501) {
            throw notSent(ErrorReader.failure(status, headers, body));
        }
        if (headers.firstValue("server").orElse("").toLowerCase(Locale.ROOT).startsWith("llama.cpp")) {
            return Dialect.LLAMA_CPP;
        }
        JsonNode root = Json.object(body);
        for (JsonNode model : root == null ? Json.MAPPER.createArrayNode() : root.path("data")) {
            String owner = model.path("owned_by").asText("");
            if (owner.equals("vllm") || owner.equals("llamacpp")) { // a list may hold others, too
                return owner.equals("vllm") ? Dialect.VLLM : Dialect.LLAMA_CPP;
            }
        }
        return Dialect.OPENAI;
    }

    /** The question was about the server: of the prompt nothing has been sent. */
    static ApiFailure notSent(ApiFailure failure) {
        return ApiFailure.remote(
                failure.kind(), failure.what(), Certainty.NOT_SENT, failure.facts(), failure.headers());
    }
}
