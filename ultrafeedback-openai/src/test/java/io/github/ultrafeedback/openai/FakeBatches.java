package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ultrafeedback.testkit.ServerReply;
import io.github.ultrafeedback.testkit.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's files and batches, strictly: what OpenAI refuses is refused here. Answers come in a shuffled order. A batch
 * goes one state on with each time it is asked for.
 */
final class FakeBatches implements Function<ServerRequest, ServerReply> {
    /** What becomes of a line. */
    enum Fate {
        ANSWERED,
        TWICE,
        FAILED,
        LATE,
        STOPPED,
        UNSUPPORTED,
        MISSING,
        GARBAGE
    }

    private static final Set<String> BATCH_FIELDS =
            Set.of("input_file_id", "endpoint", "completion_window", "metadata");

    final Map<String, String> files = new LinkedHashMap<>();
    final Map<String, ObjectNode> batches = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    BatchLimits limits = BatchLimits.OPENAI;
    String end = "completed";
    boolean listed = true;
    Function<JsonNode, Fate> fates = line -> Fate.ANSWERED;

    @Nullable ObjectNode refusal;

    Function<String, @Nullable ServerReply> before = call -> null;
    Function<String, @Nullable ServerReply> after = call -> null;
    private final Random random = new Random(7);

    /** Takes the words of the user's last message. */
    static String words(JsonNode line) {
        JsonNode messages = line.path("body").path("messages");
        return messages.path(messages.size() - 1).path("content").asText();
    }

    @Override
    public synchronized ServerReply apply(ServerRequest request) {
        String call = request.method() + " " + request.path();
        log.add(call);
        if (!("Bearer " + Planted.KEY).equals(request.header("authorization"))) {
            return FakeOpenAi.error(401, "invalid_request_error", "invalid_api_key", null);
        }
        ServerReply early = before.apply(call);
        if (early != null) {
            return early;
        }
        ServerReply reply = reply(request, call);
        ServerReply late = after.apply(call);
        return late == null ? reply : late;
    }

    private ServerReply reply(ServerRequest request, String call) {
        String[] parts = call.split("/", -1); // POST , v1, batches, id, cancel
        String id = parts.length > 3 ? parts[3] : "";
        if (call.equals("POST /v1/files")) {
            return upload(request);
        }
        if (call.startsWith("GET /v1/files/") && call.endsWith("/content") && files.containsKey(id)) {
            return ServerReply.whole(200, List.of(), files.get(id).getBytes(StandardCharsets.UTF_8));
        }
        if (call.equals("POST /v1/batches")) {
            return create(request);
        }
        if (call.equals("GET /v1/batches") && listed) {
            return list(request.target());
        }
        ObjectNode batch = batches.get(id);
        if (batch == null) {
            return FakeOpenAi.error(404, "invalid_request_error", null, null);
        }
        if (call.endsWith("/cancel")) {
            if (!Set.of("validating", "in_progress", "finalizing").contains(status(batch))) {
                return FakeOpenAi.error(400, "invalid_request_error", null, null);
            }
            batch.put("status", "cancelling");
        } else {
            advance(batch);
        }
        return ServerReply.json(200, batch.toString());
    }

    private static String status(ObjectNode batch) {
        return batch.path("status").asText();
    }

    private ServerReply upload(ServerRequest request) {
        String boundary = FakeUpload.boundary(request);
        if (boundary == null) {
            return bad("content-type");
        }
        String file = FakeUpload.file(request, boundary);
        if (file == null
                || file.lines().count() > limits.lines()
                || file.getBytes(StandardCharsets.UTF_8).length > limits.bytes()) {
            return bad("file");
        }
        String id = file(file);
        return ServerReply.json(200, "{\"id\":\"" + id + "\",\"object\":\"file\",\"purpose\":\"batch\"}");
    }

    private String file(String content) {
        String id = "file-" + (files.size() + 1);
        files.put(id, content);
        return id;
    }

    private static ServerReply bad(String param) {
        return FakeOpenAi.error(400, "invalid_request_error", "invalid_value", param);
    }

    private ServerReply create(ServerRequest request) {
        JsonNode body = Objects.requireNonNull(Json.object(request.body()));
        for (String field : (Iterable<String>) body::fieldNames) {
            if (!BATCH_FIELDS.contains(field)) {
                return bad(field);
            }
        }
        for (JsonNode value : body.path("metadata")) {
            if (!value.isTextual() || value.textValue().length() > 512) {
                return bad("metadata");
            }
        }
        if (!files.containsKey(body.path("input_file_id").asText())
                || !body.path("completion_window").asText().equals("24h")) {
            return bad("input_file_id");
        }
        String id = "batch_" + (batches.size() + 1);
        ObjectNode batch = Json.MAPPER.createObjectNode().put("id", id).put("object", "batch");
        batch.setAll((ObjectNode) body);
        batch.put("status", "validating").put("created_at", System.currentTimeMillis() / 1000);
        batch.putObject("request_counts").put("total", 0).put("completed", 0).put("failed", 0);
        batches.put(id, batch);
        return ServerReply.json(200, batch.toString());
    }

    private ServerReply list(String target) {
        List<ObjectNode> all = new ArrayList<>(batches.values());
        Collections.reverse(all);
        int from = 0;
        int at = target.indexOf("after=");
        if (at >= 0) {
            String after = target.substring(at + 6).replaceAll("&.*", "");
            List<String> ids =
                    all.stream().map(batch -> batch.path("id").asText()).toList();
            from = ids.indexOf(after) + 1;
        }
        int to = Math.min(all.size(), from + 2); // pages of two, whatever is asked for
        ObjectNode page = Json.MAPPER.createObjectNode().put("object", "list").put("has_more", to < all.size());
        page.putArray("data").addAll(all.subList(from, to));
        page.put("last_id", to > from ? all.get(to - 1).path("id").asText() : null);
        return ServerReply.json(200, page.toString());
    }

    private void advance(ObjectNode batch) {
        switch (status(batch)) {
            case "validating" -> validate(batch);
            case "in_progress" -> batch.put("status", "finalizing");
            case "finalizing" -> finish(batch, end);
            case "cancelling" -> finish(batch, "cancelled");
            default -> {}
        }
    }

    private List<JsonNode> lines(ObjectNode batch) {
        List<JsonNode> lines = new ArrayList<>();
        String content =
                Objects.requireNonNull(files.get(batch.path("input_file_id").asText()));
        content.lines()
                .forEach(line -> lines.add(Objects.requireNonNull(Json.object(line.getBytes(StandardCharsets.UTF_8)))));
        return lines;
    }

    /** The lines that a batch was made of. */
    synchronized List<JsonNode> input(String batch) {
        return lines(Objects.requireNonNull(batches.get(batch)));
    }

    synchronized byte[] content(String file) {
        return Objects.requireNonNull(files.get(file)).getBytes(StandardCharsets.UTF_8);
    }

    private void validate(ObjectNode batch) {
        ObjectNode error = refusal == null ? FakeBatchLines.fault(lines(batch), batch.path("endpoint")) : refusal;
        if (error != null) {
            batch.putObject("errors").putArray("data").add(error);
        }
        batch.put("status", error == null ? "in_progress" : "failed");
    }

    private void finish(ObjectNode batch, String state) {
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        List<JsonNode> lines = lines(batch);
        for (JsonNode line : lines) {
            FakeBatchLines.write(line, fates.apply(line), output, errors);
        }
        Collections.shuffle(output, random);
        Collections.shuffle(errors, random);
        batch.put("status", state).put("completed_at", batch.path("created_at").asLong() + 60);
        if (!output.isEmpty()) {
            batch.put("output_file_id", file(String.join("\n", output) + "\n"));
        }
        if (!errors.isEmpty()) {
            batch.put("error_file_id", file(String.join("\n", errors) + "\n"));
        }
        ObjectNode counts = batch.putObject("request_counts").put("total", lines.size());
        counts.put("completed", output.size()).put("failed", errors.size());
    }

    /** How often each call was made, ids left out. */
    synchronized Map<String, Integer> calls() {
        Map<String, Integer> counts = new HashMap<>();
        log.forEach(call -> counts.merge(call.replaceAll("/(batch_|file-)\\w+", "/*"), 1, Integer::sum));
        return counts;
    }
}
