package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.error.Certainty;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a server is, once, by its list of models: those of vLLM and llama.cpp sign theirs.
 *
 * <p>A server may answer prompts and not this question, so no prompt fails or waits long for it: one that needs none of
 * a dialect's own parameters goes on as for OpenAI once the question has failed, and the question is asked again beside
 * such prompts, {@link #PAUSE} apart. One that needs the answer asks again each time it is tried. Thread-safe.
 */
final class DialectDetector {
    static final Duration PATIENCE = Duration.ofSeconds(5); // a list of models takes a server no work
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();
    private static final int LONGEST = 4 << 20;

    private final List<HttpTransport> transports;
    private final Time time;
    private int asked; // guarded by this, as are the next three
    private @Nullable CompletableFuture<Dialect> found;
    private boolean doubtful;
    private long failedAt;

    /** Takes the endpoints, which all speak the same: the next is asked where one fails. */
    DialectDetector(List<HttpTransport> transports, Time time) {
        this.transports = transports;
        this.time = time;
    }

    /** What the server speaks; a copy, which may be cancelled. Fails for a prompt that needs the answer alone. */
    CompletableFuture<Dialect> dialect(boolean needed) {
        CompletableFuture<Dialect> answer;
        synchronized (this) {
            answer = shared(needed);
            if (!needed && doubtful && !answer.isDone()) {
                return CompletableFuture.completedFuture(Dialect.OPENAI);
            }
        }
        return needed ? answer.copy() : answer.exceptionally(failure -> Dialect.OPENAI);
    }

    private CompletableFuture<Dialect> shared(boolean needed) {
        CompletableFuture<Dialect> known = found;
        boolean again =
                known != null && known.isCompletedExceptionally() && (needed || time.nanos() - failedAt >= PAUSE);
        if (known == null || again) {
            known = ask(transports.get(asked++ % transports.size()));
            found = known;
        }
        return known;
    }

    private CompletableFuture<Dialect> ask(HttpTransport transport) {
        CompletableFuture<Dialect> question =
                transport.send(ApiRequest.get("models"), () -> new WholeBody<>(LONGEST, DialectDetector::read));
        CompletableFuture<Void> alarm = time.timer(PATIENCE);
        CompletableFuture<Dialect> answer = new CompletableFuture<>();
        CompletableFuture<?> unusedLate = alarm.thenRun(() -> {
            answered(answer, null, silent());
            question.cancel(true);
        });
        CompletableFuture<?> unused = question.whenComplete((dialect, failure) -> {
            alarm.cancel(false);
            answered(answer, dialect, failure);
        });
        return answer;
    }

    private void answered(CompletableFuture<Dialect> answer, @Nullable Dialect dialect, @Nullable Throwable failure) {
        synchronized (this) {
            doubtful = dialect == null;
            failedAt = time.nanos();
        }
        if (dialect != null) {
            answer.complete(dialect);
        } else if (failure != null) {
            answer.completeExceptionally(failure);
        }
    }

    private static ApiFailure silent() {
        return ApiFailure.local(
                ApiFailure.Kind.TIMEOUT,
                "The server did not list its models within " + PATIENCE + ", by which its dialect is found out; name it"
                        + " by OpenAiSettings.dialect",
                Certainty.NOT_SENT,
                null);
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
