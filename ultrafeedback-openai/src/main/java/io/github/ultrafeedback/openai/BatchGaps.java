package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.GenerationTimeoutException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.openai.ApiFailure.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Says why a request of an ended batch has no line in the files of answers. It finds the batch and the line that a
 * request had by counting: lines are written in the order of the custom ids, and each batch knows how many it has.
 */
final class BatchGaps {
    private static final Set<Kind> TELLING =
            Set.of(Kind.RATE_LIMIT, Kind.QUOTA, Kind.AUTHENTICATION, Kind.OVERLOADED, Kind.TIMEOUT, Kind.TOO_LONG);
    private static final Set<String> TEMPORARY = Set.of("server_error", "internal_error");

    private final List<BatchInfo> batches;
    private final Instant now;

    BatchGaps(List<BatchInfo> batches, Instant now) {
        this.batches = batches;
        this.now = now;
    }

    /** Takes the place among all lines that were written, 0 for the first. */
    GenerationException failure(int position) {
        if (batches.size() == 1 && batches.get(0).lines() < 0) { // the server keeps no metadata
            return failure(batches.get(0), position);
        }
        int first = 0;
        for (BatchInfo batch : batches) {
            if (batch.lines() < 0) {
                return lost();
            }
            if (position < first + batch.lines()) {
                return failure(batch, position - first);
            }
            first += batch.lines();
        }
        return new ServerException(
                "The request is in none of the batches of this handle: handing them in was broken off before. Hand it in"
                        + " again.",
                null,
                Certainty.NOT_SENT);
    }

    private GenerationException failure(BatchInfo batch, int line) {
        return switch (batch.state()) {
            case FAILED -> refused(batch.errors(), line);
            case EXPIRED ->
                new GenerationTimeoutException(
                        "The batch ran out of time and says nothing of this request. Hand it in again.",
                        null,
                        Certainty.MAYBE_DONE);
            case CANCELLED ->
                new GenerationCancelledException(
                        "The batch was cancelled and says nothing of this request.", Certainty.MAYBE_DONE);
            default -> lost();
        };
    }

    private static ServerException lost() {
        return new ServerException(
                "The batch ended without a line that answers this request. Hand it in again, with the prompt that was"
                        + " handed in if it was changed since.",
                null,
                Certainty.MAYBE_DONE);
    }

    /** A file that was refused as a whole: for what it is, for a line of it, or for a limit. Nothing of it was done. */
    private GenerationException refused(JsonNode errors, int line) {
        JsonNode whole = null;
        int bad = 0;
        for (JsonNode error : errors) {
            int named = error.path("line").asInt(0);
            if (named == line + 1) {
                return typed(error, "The server refused the line of this request, and with it the file");
            }
            bad = Math.max(bad, named);
            whole = whole == null && named == 0 ? error : whole;
        }
        if (whole != null) {
            return typed(whole, "The server refused the file of the batch");
        }
        String text = bad > 0 ? "line " + bad + " of it, another request" : "no reason that it tells";
        return new ServerException(
                "The server refused the file of the batch for " + text + "; nothing was done. Hand this one in again.",
                null,
                Certainty.REFUSED);
    }

    private GenerationException typed(JsonNode error, String what) {
        ApiFailure failure = ErrorReader.batched(error, what, Certainty.REFUSED);
        String message = what + "." + BatchFailures.shown(failure);
        String code = String.valueOf(failure.facts().code());
        return TELLING.contains(failure.kind()) || TEMPORARY.contains(code)
                ? FailureMessages.exception(failure, message, Certainty.REFUSED, now)
                : new InvalidRequestException(message, Certainty.REFUSED);
    }
}
