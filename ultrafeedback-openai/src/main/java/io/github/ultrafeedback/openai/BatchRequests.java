package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one batch, in the order of their custom ids: the order of its lines, which another process finds
 * again from the same requests in any order.
 */
final class BatchRequests {
    private static final ChatCall.Events UNHEARD = new ChatCall.Events() {
        @Override
        public boolean streams() {
            return false;
        }

        @Override
        public void text(int choice, String delta) {}

        @Override
        public void retried(int attempt, Duration delay, ApiFailure failure) {}
    };

    private final ChatStack stack;
    private final List<Entry> entries;
    private final Map<String, Entry> byId = new HashMap<>();

    /** One request. Takes its place in the caller's list. */
    record Entry(GenerationRequest request, int index, String customId, ChatCall call) {}

    /** A line without its end, or why the request cannot be written. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares lines
    record Line(byte @Nullable [] bytes, @Nullable GenerationException failure) {}

    /** Refuses what core's interface refuses, and what no batch can carry. */
    BatchRequests(ChatStack stack, List<GenerationRequest> requests) {
        this.stack = stack;
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("requests must hold at least one request, got none");
        }
        List<Entry> unsorted = new ArrayList<>(requests.size());
        Set<String> ids = new HashSet<>();
        for (GenerationRequest request : requests) {
            checkId(request, ids);
            ChatCall call = new ChatCall(request.prompt(), request.params(), UNHEARD);
            call.dialect(dialect());
            Entry entry = new Entry(request, unsorted.size(), CustomIds.of(request.prompt()), call);
            unsorted.add(entry);
            byId.put(entry.customId(), entry);
        }
        unsorted.sort(Comparator.comparing(Entry::customId));
        this.entries = Collections.unmodifiableList(unsorted);
    }

    private Dialect dialect() {
        Dialect known = stack.dialect();
        return known == null ? Dialect.OPENAI : known;
    }

    private static void checkId(GenerationRequest request, Set<String> ids) {
        String id = request.prompt().id();
        if (id == null) {
            throw new IllegalArgumentException(
                    "prompt.id must be set in a batch, got null; name each prompt with Prompt.withId");
        }
        if (!ids.add(id)) {
            throw new IllegalArgumentException("prompt.id must be unique within a batch, got '" + id
                    + "' twice; to get several answers to one prompt set n, or give each its own id");
        }
    }

    /** Refuses, before anything is sent, parameters that the server or a batch does not know. */
    void check() {
        for (Entry entry : entries) {
            if (entry.request().listener() != null) {
                throw new InvalidRequestException("listener must be null in a batch, which is not streamed; got one for"
                        + " the prompt '" + entry.request().prompt().id() + "'. Submit that request alone.");
            }
            ParamRules.check(
                    entry.request().params(), dialect(), stack.settings().endpoint());
        }
        if (Boolean.TRUE.equals(stack.settings().extraBody().get("stream"))) {
            throw new InvalidRequestException(
                    "extraBody field 'stream' must be false or absent in a batch, which is not streamed; got true");
        }
    }

    /** In the order of the lines. */
    List<Entry> entries() {
        return entries;
    }

    /** The request of this custom id, or null where there is none. */
    @Nullable Entry find(String customId) {
        return byId.get(customId);
    }

    StopPlan stops(Entry entry) {
        return stack.writer().stops(entry.call());
    }

    /** Writes a line; what cannot be written or is longer than a file may be fails alone. */
    Line line(Entry entry, BatchLimits limits) {
        try {
            stack.writer().check(entry.request().prompt());
            ObjectNode body = stack.writer().body(entry.call(), stops(entry));
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("custom_id", entry.customId()).put("method", "POST").put("url", url());
            line.set("body", body);
            byte[] bytes = Json.bytes(line);
            return bytes.length < limits.bytes() ? new Line(bytes, null) : new Line(null, tooLong(bytes, limits));
        } catch (GenerationException e) {
            return new Line(null, e);
        } catch (ApiFailure e) {
            return new Line(null, new InvalidRequestException(e.what() + "."));
        } catch (RuntimeException e) { // of a PromptFormat that is the caller's own
            String text = "The prompt could not be written: " + e.getClass().getName() + "; see the cause.";
            return new Line(null, new GenerationException(text, e, false, Certainty.NOT_SENT));
        }
    }

    String url() {
        return "/v1/" + stack.writer().path();
    }

    private static InvalidRequestException tooLong(byte[] bytes, BatchLimits limits) {
        return new InvalidRequestException("The request is a line of " + bytes.length + " bytes, and a file of a batch"
                + " holds less than " + limits.bytes() + "; shorten the prompt");
    }

    /** The reason for which a request was left out of the batch, or null if it was not. */
    @Nullable GenerationException leftOut(Entry entry, BatchLimits limits) {
        Line line = line(entry, limits);
        return line.bytes() == null ? Objects.requireNonNull(line.failure()) : null;
    }
}
