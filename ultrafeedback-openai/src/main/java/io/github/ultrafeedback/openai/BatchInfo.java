package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.BatchStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the server says of one batch. Takes the lines that we wrote, or -1 where another wrote the batch. */
record BatchInfo(
        String id,
        State state,
        String status,
        BatchStatus counts,
        int lines,
        @Nullable String inputHash,
        @Nullable String inputFile,
        @Nullable String outputFile,
        @Nullable String errorFile,
        JsonNode errors,
        Duration took,
        long createdAt) {
    static final String HASH = "ultrafeedback_input";
    static final String LINES = "ultrafeedback_lines";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Set<String> LIVE = Set.of("validating", "in_progress", "finalizing");

    /** Returns null where this is no batch. */
    static @Nullable BatchInfo read(JsonNode root) {
        String id = id(root, "id");
        String status = Json.text(root, "status");
        if (id == null || status == null) {
            return null;
        }
        State state = state(status);
        JsonNode metadata = root.path("metadata");
        int lines = metadata.path(LINES).asInt(-1);
        return new BatchInfo(
                id,
                state,
                ErrorFacts.name(status) == null ? "unknown" : status,
                counts(root.path("request_counts"), state, lines),
                lines,
                Json.text(metadata, HASH),
                id(root, "input_file_id"),
                id(root, "output_file_id"),
                id(root, "error_file_id"),
                root.path("errors").path("data"),
                took(root),
                root.path("created_at").asLong());
    }

    /** Null where it is missing or could not stand in a path. */
    static @Nullable String id(JsonNode root, String field) {
        String id = Json.text(root, field);
        return id != null && isId(id) ? id : null;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static State state(String status) {
        return switch (status) {
            case "completed" -> State.COMPLETED;
            case "failed" -> State.FAILED;
            case "expired" -> State.EXPIRED;
            case "cancelled" -> State.CANCELLED;
            default -> State.IN_PROGRESS; // cancelling too, and what may come
        };
    }

    /** While it is checked a server counts none; we know better how many there are. */
    private static BatchStatus counts(JsonNode counts, State state, int lines) {
        int total = Math.max(Json.count(counts, "total"), Math.max(0, lines));
        int failed = state == State.FAILED ? total : Json.count(counts, "failed");
        return new BatchStatus(state, total, Json.count(counts, "completed"), failed);
    }

    private static Duration took(JsonNode root) {
        long end = Stream.of("completed_at", "expired_at", "cancelled_at")
                .mapToLong(field -> root.path(field).asLong())
                .max()
                .orElse(0);
        return Duration.ofSeconds(Math.max(0, end - root.path("created_at").asLong(end)));
    }

    /** Whether its answers are, or will be, worth having. */
    boolean worthTakingUp() {
        return LIVE.contains(status) || (state == State.COMPLETED && counts.completed() > 0);
    }

    /** Whether it has ended or is about to on request. */
    boolean over() {
        return state.ended() || status.equals("cancelling");
    }

    /** One state for batches that were handed in together. */
    static BatchStatus joined(List<BatchInfo> batches) {
        List<State> states = batches.stream().map(BatchInfo::state).toList();
        State state = Stream.of(State.IN_PROGRESS, State.EXPIRED, State.CANCELLED)
                .filter(states::contains)
                .findFirst()
                .orElse(states.contains(State.COMPLETED) ? State.COMPLETED : State.FAILED);
        int total = 0;
        int completed = 0;
        int failed = 0;
        for (BatchInfo batch : batches) {
            total += batch.counts().total();
            completed += batch.counts().completed();
            failed += batch.counts().failed();
        }
        return new BatchStatus(state, total, completed, failed);
    }
}
