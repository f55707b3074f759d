package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ultrafeedback.error.GenerationException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that batches are made of. All but {@link #create} do no harm when they are repeated, and are, by
 * {@link RetryRules}. Futures fail with an {@link ApiFailure}. Thread-safe; blocks nobody.
 */
final class BatchApi {
    private final HttpTransport transport;
    private final RetryRules rules;
    private final Time time;

    BatchApi(HttpTransport transport, RetryRules rules, Time time) {
        this.transport = transport;
        this.rules = rules;
        this.time = time;
    }

    /** Gives the id of the file. A file that was uploaded twice costs nothing: only a batch does. */
    CompletableFuture<String> upload(BatchFile file) {
        return retried(() -> transport.send(file.upload(), JsonReader::open).thenApply(root -> {
            String id = BatchInfo.id(root, "id");
            if (id == null) {
                throw AnswerChoices.bad("The server took the file and named it by no usable id");
            }
            return id;
        }));
    }

    /** Sent once: who repeats it must look first whether the batch is there. */
    CompletableFuture<BatchInfo> create(BatchFile file, String inputFile, String url) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("input_file_id", inputFile).put("endpoint", url).put("completion_window", "24h");
        body.putObject("metadata")
                .put(BatchInfo.HASH, file.hash())
                .put(BatchInfo.LINES, Integer.toString(file.lines()));
        return transport
                .send(ApiRequest.json("batches", false, Json.bytes(body)), JsonReader::open)
                .thenApply(BatchApi::info);
    }

    private static BatchInfo info(JsonNode root) {
        BatchInfo info = BatchInfo.read(root);
        if (info == null) {
            throw AnswerChoices.bad("The server described no batch");
        }
        return info;
    }

    CompletableFuture<BatchInfo> get(String id) {
        return retried(() -> transport
                .send(ApiRequest.get("batches/" + id), JsonReader::open)
                .thenApply(BatchApi::info));
    }

    /** A page of all batches, the newest first. Takes the id that the page before ended with. */
    CompletableFuture<JsonNode> list(@Nullable String after) {
        String path = "batches?limit=100" + (after == null ? "" : "&after=" + after);
        return retried(() -> transport.send(ApiRequest.get(path), JsonReader::open));
    }

    CompletableFuture<JsonNode> cancel(String id) {
        return retried(() -> transport.send(
                ApiRequest.post("batches/" + id + "/cancel", "application/json", BodyPublishers.noBody()),
                JsonReader::open));
    }

    /** Hands over each line; some of them twice where a download broke and began anew. */
    CompletableFuture<Integer> lines(String file, Consumer<byte[]> sink) {
        return retried(() -> transport.send(ApiRequest.get("files/" + file + "/content"), () -> new LineReader(sink)));
    }

    private <T> CompletableFuture<T> retried(Supplier<CompletableFuture<T>> call) {
        Steps<T> steps = new Steps<>();
        attempt(call, steps, 1, rules.deadline());
        return steps.result();
    }

    private <T> void attempt(Supplier<CompletableFuture<T>> call, Steps<T> steps, int number, long deadlineNanos) {
        if (steps.ended()) {
            return;
        }
        CompletableFuture<T> sent;
        try {
            sent = steps.at(call.get());
        } catch (GenerationException e) { // the file cannot be read
            steps.fail(e);
            return;
        }
        CompletableFuture<?> unused = sent.whenComplete((value, thrown) -> {
            if (thrown == null) {
                rules.answered();
                steps.succeed(value);
                return;
            }
            ApiFailure failure = ApiFailure.of(thrown).harmless();
            Duration delay = steps.ended() ? null : rules.delay(failure, number, deadlineNanos);
            if (delay == null) {
                steps.fail(failure);
                return;
            }
            CompletableFuture<?> unusedAgain = steps.at(time.timer(delay))
                    .thenRunAsync(() -> attempt(call, steps, number + 1, deadlineNanos), time.executor());
        });
    }
}
