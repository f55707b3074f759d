package io.github.ultrafeedback.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.openai.BatchFailures.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches in, so that none is paid twice.
 *
 * <p>A batch carries the hash of its lines. Before a file is uploaded the server is asked for a batch with that hash:
 * one that a process created and died before its handle was stored is found there, and taken up. Where it is not known
 * whether a batch was created, the server is asked for one with that file before it is created again. Thread-safe.
 */
final class BatchDesk {
    private static final Duration OLDEST = Duration.ofDays(3); // a batch is answered within 24
    private static final int MOST_PAGES = 20;

    private final ModelRef model;
    private final BatchApi api;
    private final BatchLimits limits;
    private final RetryRules rules;
    private final Time time;
    private final Waits waits;
    private final Set<String> known = ConcurrentHashMap.newKeySet(); // ids that the caller holds: not to be taken up

    BatchDesk(ModelRef model, BatchApi api, BatchLimits limits, RetryRules rules, Time time, Waits waits) {
        this.model = model;
        this.api = api;
        this.limits = limits;
        this.rules = rules;
        this.time = time;
        this.waits = waits;
    }

    /** The caller has this batch stored. */
    void known(List<String> ids) {
        known.addAll(ids);
    }

    BatchHandle submit(BatchRequests requests, Consumer<BatchHandle> store) {
        List<String> ids = new ArrayList<>();
        BatchHandle handle = null;
        int next = 0;
        while (next < requests.entries().size()) {
            try (BatchFile file = BatchFile.create()) {
                next = fill(file, requests, next);
                file.finish();
                if (file.lines() > 0) {
                    ids.add(handIn(file, requests.url()));
                    handle = new BatchHandle(model, String.join(",", ids));
                    store.accept(handle); // at once: the next file may fail
                }
            }
        }
        if (handle == null) {
            throw nothing(requests);
        }
        known(ids); // not before: after a failure the same call takes up what it has begun
        return handle;
    }

    /** Returns the first request that has no room. */
    private int fill(BatchFile file, BatchRequests requests, int from) {
        for (int i = from; i < requests.entries().size(); i++) {
            byte[] line = requests.line(requests.entries().get(i), limits).bytes();
            if (line != null && !file.hasRoom(line, limits)) {
                return i;
            }
            if (line != null) {
                file.add(line);
            }
        }
        return requests.entries().size();
    }

    private GenerationException nothing(BatchRequests requests) {
        GenerationException failure = requests.leftOut(requests.entries().get(0), limits);
        return failure == null ? new InvalidRequestException("No request could be written.") : failure;
    }

    private String handIn(BatchFile file, String url) {
        BatchInfo earlier = find(
                batch -> file.hash().equals(batch.inputHash()) && batch.worthTakingUp() && !known.contains(batch.id()));
        if (earlier != null) {
            return earlier.id();
        }
        String inputFile = at(Step.UPLOAD, () -> waits.get(api.upload(file)));
        return create(file, inputFile, url).id();
    }

    private BatchInfo create(BatchFile file, String inputFile, String url) {
        long deadlineNanos = rules.deadline();
        for (int failures = 1; ; failures++) {
            try {
                return waits.get(api.create(file, inputFile, url));
            } catch (ApiFailure e) {
                Duration delay = rules.delay(e, failures, deadlineNanos);
                if (delay != null) {
                    waits.get(time.timer(delay)); // first, so that a batch that is being created can be seen
                }
                BatchInfo created = created(inputFile, e);
                if (created != null) {
                    return created;
                }
                if (delay == null) {
                    throw BatchFailures.exception(e, Step.CREATE, time.now());
                }
            }
        }
    }

    private @Nullable BatchInfo created(String inputFile, ApiFailure failure) {
        if (failure.certainty() != Certainty.MAYBE_DONE) {
            return null;
        }
        return find(batch -> inputFile.equals(batch.inputFile()));
    }

    /** The newest batch that matches; null where there is none or the server shows none. */
    private @Nullable BatchInfo find(Predicate<BatchInfo> wanted) {
        long oldest = time.now().minus(OLDEST).getEpochSecond();
        String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode list = list(after);
            for (JsonNode node : list.path("data")) {
                BatchInfo batch = BatchInfo.read(node);
                if (batch != null && wanted.test(batch)) {
                    return batch;
                }
                if (batch != null && batch.createdAt() < oldest) {
                    return null;
                }
            }
            after = BatchInfo.id(list, "last_id");
            if (after == null || !list.path("has_more").asBoolean()) {
                return null;
            }
        }
        return null;
    }

    /** Some servers list no batches, and some keys may not: then what was created before cannot be known. */
    private JsonNode list(@Nullable String after) {
        try {
            return waits.get(api.list(after));
        } catch (ApiFailure e) {
            boolean hidden = e.kind() == ApiFailure.Kind.INVALID
                    || e.kind() == ApiFailure.Kind.NOT_FOUND
                    || e.facts().status() == 403;
            if (hidden) {
                return Json.MAPPER.createObjectNode();
            }
            throw BatchFailures.exception(e, Step.LIST, time.now());
        }
    }

    /** Runs a step; what fails in it leaves as an exception of core's. */
    <T> T at(Step step, Supplier<T> work) {
        try {
            return work.get();
        } catch (ApiFailure e) {
            throw BatchFailures.exception(e, step, time.now());
        }
    }
}
