package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the lines of the files of answers to the requests, in whatever order and however often they come: an answer
 * counts before an error, and the first of several before the others. Thread-safe.
 */
final class BatchAnswers {
    private final ChatStack stack;
    private final ModelRef model;
    private final BatchRequests requests;
    private final Instant now;
    private final Map<BatchRequests.Entry, Outcome> outcomes = new HashMap<>();

    BatchAnswers(ChatStack stack, ModelRef model, BatchRequests requests, Instant now) {
        this.stack = stack;
        this.model = model;
        this.requests = requests;
        this.now = now;
    }

    /** Takes a line. One that is no JSON, or of no request of ours, is passed over: it answers nobody. */
    synchronized void line(BatchInfo batch, byte[] line) {
        JsonNode root = Json.object(line);
        String customId = root == null ? null : Json.text(root, "custom_id");
        BatchRequests.Entry entry = customId == null ? null : requests.find(customId);
        if (root == null || entry == null || outcomes.get(entry) instanceof Outcome.Success) {
            return;
        }
        Outcome outcome = outcome(batch, entry, root);
        if (outcome instanceof Outcome.Success) {
            outcomes.put(entry, outcome);
        } else {
            outcomes.putIfAbsent(entry, outcome);
        }
    }

    /** What became of a request by its line, or null where it had none. */
    synchronized @Nullable Outcome outcome(BatchRequests.Entry entry) {
        return outcomes.get(entry);
    }

    private Outcome outcome(BatchInfo batch, BatchRequests.Entry entry, JsonNode root) {
        ChatCall call = new ChatCall(
                entry.request().prompt(), entry.request().params(), entry.call().events());
        int unused = call.attemptBegins();
        try {
            Answer answer = answer(call, requests.stops(entry).cut(), root);
            call.attemptEnded(null);
            return new Outcome.Success(completion(batch, entry, answer));
        } catch (GenerationException e) {
            return new Outcome.Failure(entry.request().prompt(), e);
        } catch (ApiFailure e) {
            call.attemptEnded(e.certainty());
            return new Outcome.Failure(entry.request().prompt(), failure(entry, call, e));
        }
    }

    private static Answer answer(ChatCall call, List<String> cutAt, JsonNode root) {
        JsonNode response = root.path("response");
        int status = response.path("status_code").asInt(0);
        JsonNode body = response.path("body");
        HttpHeaders headers = headers(Json.text(response, "request_id"));
        if (status >= 200 && status < 300) {
            JsonNode error = body.path("error");
            if (!error.isMissingNode() && !error.isNull()) {
                throw ErrorReader.streamed(error, headers);
            }
            AnswerChoices choices = new AnswerChoices(call, cutAt);
            choices.whole(body);
            return choices.end(headers);
        }
        if (status != 0) {
            throw ErrorReader.failure(status, headers, Json.bytes(body));
        }
        throw without(root.path("error"));
    }

    private static HttpHeaders headers(@Nullable String requestId) {
        Map<String, List<String>> map = requestId == null ? Map.of() : Map.of("x-request-id", List.of(requestId));
        return HttpHeaders.of(map, (name, value) -> true);
    }

    private static RuntimeException without(JsonNode error) {
        String code = String.valueOf(Json.text(error, "code"));
        return switch (code) {
            case "batch_cancelled" ->
                new GenerationCancelledException(
                        "The batch was cancelled before this request was done.", Certainty.REFUSED);
            case "batch_expired" ->
                ErrorReader.batched(error, "The batch ran out of time before this request", Certainty.REFUSED);
            case "request_timeout" ->
                ErrorReader.batched(error, "The request ran out of time within the batch", Certainty.MAYBE_DONE);
            default ->
                error.isObject()
                        ? ErrorReader.batched(
                                error, "The batch reports an error instead of an answer", Certainty.REFUSED)
                        : AnswerChoices.bad("The batch reports neither an answer nor an error");
        };
    }

    private Completion completion(BatchInfo batch, BatchRequests.Entry entry, Answer answer) {
        Map<String, String> provenance = new HashMap<>(answer.provenance());
        provenance.put("batch_id", batch.id());
        OptionalLong seed = entry.request().params().seed();
        return new Completion(
                model,
                entry.request().prompt().id(),
                answer.choices(),
                answer.usage(),
                entry.request().params(),
                stack.adjustments().dropped("seed") ? OptionalLong.empty() : seed,
                1,
                batch.took(),
                provenance);
    }

    /** Where the error names a parameter that can be left out, the next batch leaves it out. */
    private GenerationException failure(BatchRequests.Entry entry, ChatCall call, ApiFailure failure) {
        String param = String.valueOf(failure.facts().param()).replaceFirst("\\..*", "");
        // What the error names was sent, by whichever process that was.
        ApiFailure told = stack.adjustments()
                .learn(failure, Set.of(param), entry.request().params());
        if (told != null) {
            return FailureMessages.exception(told, call, now);
        }
        return new GenerationException(
                "The model refused the name or value of a parameter, which is changed from now on; hand the request in"
                        + " again.",
                true,
                Certainty.REFUSED);
    }
}
