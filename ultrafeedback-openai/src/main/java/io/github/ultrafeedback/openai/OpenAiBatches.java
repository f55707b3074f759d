package io.github.ultrafeedback.openai;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.openai.BatchFailures.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be done with batches. A handle names one or several of the server's, joined by commas. Thread-safe. */
final class OpenAiBatches implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double GROWTH = 1.5;

    private final ModelRef model;
    private final ChatStack stack;
    private final Ambient ambient;
    private final BatchLimits limits;
    private final Waits waits = new Waits();
    private final BatchApi api;
    private final BatchDesk desk;

    OpenAiBatches(ModelRef model, ChatStack stack, Ambient ambient, BatchLimits limits) {
        this.model = model;
        this.stack = stack;
        this.ambient = ambient;
        this.limits = limits;
        Time time = ambient.time();
        // A budget and an end of its own: a run without money may still fetch what was paid for.
        RetryRules rules = new RetryRules(stack.settings(), ambient, new RetryBudget(time), new RunEnd());
        this.api = new BatchApi(stack.transport(), rules, time);
        this.desk = new BatchDesk(model, api, limits, rules, time, waits);
    }

    BatchHandle submit(List<GenerationRequest> requests, Consumer<BatchHandle> store) {
        Objects.requireNonNull(store, "store must not be null");
        refuseAzure();
        BatchRequests batch = new BatchRequests(stack, requests);
        batch.check();
        return desk.submit(batch, store);
    }

    private void refuseAzure() {
        if (stack.settings().azure() != null) {
            throw new InvalidRequestException(
                    "azure must be null for batches: Azure's Batch API lies at other addresses"
                            + " and needs deployments of its own, and is not offered here; hand in each request with submit.");
        }
    }

    private List<String> ids(BatchHandle handle) {
        refuseAzure();
        if (!handle.model().name().equals(model.name())) {
            throw new InvalidRequestException(
                    "handle.model must be '" + model.name() + "', the model of this generator," + " got '"
                            + handle.model().name() + "'; open a generator for that one");
        }
        List<String> ids = Arrays.asList(handle.id().split(",", -1));
        if (!ids.stream().allMatch(BatchInfo::isId)) {
            throw new InvalidRequestException(
                    "handle.id must be one id of a batch or several, joined by commas, made of"
                            + " letters, digits, '_' and '-'; keep what submitBatch gives as it is");
        }
        desk.known(ids);
        return ids;
    }

    private CompletableFuture<List<BatchInfo>> ask(List<String> ids) {
        List<CompletableFuture<BatchInfo>> answers = ids.stream().map(api::get).toList();
        CompletableFuture<List<BatchInfo>> all = CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
        CompletableFuture<?> unused = all.whenComplete((value, failure) -> {
            if (failure != null) {
                answers.forEach(answer -> answer.cancel(true));
            }
        });
        return all;
    }

    private List<BatchInfo> infos(BatchHandle handle) {
        List<String> ids = ids(handle);
        return desk.at(Step.ASK, () -> waits.get(ask(ids)));
    }

    BatchStatus poll(BatchHandle handle) {
        return BatchInfo.joined(infos(handle));
    }

    List<Outcome> collect(BatchHandle handle, List<GenerationRequest> requests) {
        BatchRequests batch = new BatchRequests(stack, requests);
        List<BatchInfo> infos = infos(handle);
        BatchStatus.State state = BatchInfo.joined(infos).state();
        if (!state.ended()) {
            throw new IllegalStateException("handle must name a batch that has ended, got one " + state
                    + "; ask poll, or await the future of awaitEnd");
        }
        BatchAnswers answers =
                new BatchAnswers(stack, model, batch, ambient.time().now());
        for (BatchInfo info : infos) {
            fetch(info, info.outputFile(), answers);
            fetch(info, info.errorFile(), answers);
        }
        return outcomes(batch, answers, new BatchGaps(infos, ambient.time().now()));
    }

    private void fetch(BatchInfo batch, @Nullable String file, BatchAnswers answers) {
        if (file != null) {
            Integer unused = desk.at(Step.FETCH, () -> waits.get(api.lines(file, line -> answers.line(batch, line))));
        }
    }

    private List<Outcome> outcomes(BatchRequests batch, BatchAnswers answers, BatchGaps gaps) {
        List<BatchRequests.Entry> entries = batch.entries();
        List<@Nullable Outcome> outcomes = new ArrayList<>(Collections.nCopies(entries.size(), null));
        int position = 0;
        for (BatchRequests.Entry entry : entries) {
            Outcome outcome = answers.outcome(entry);
            // With an answer it was in the file, and need not be written anew to see whether it could be.
            GenerationException leftOut = outcome == null ? batch.leftOut(entry, limits) : null;
            if (outcome == null) {
                outcome = new Outcome.Failure(
                        entry.request().prompt(), leftOut != null ? leftOut : gaps.failure(position));
            }
            outcomes.set(entry.index(), outcome);
            position += leftOut == null ? 1 : 0;
        }
        return outcomes.stream().map(Objects::requireNonNull).toList();
    }

    void cancel(BatchHandle handle) {
        GenerationException first = null;
        for (BatchInfo info : infos(handle)) {
            try {
                cancel(info);
            } catch (GenerationException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void cancel(BatchInfo info) {
        if (info.over()) {
            return;
        }
        try {
            Object unused = waits.get(api.cancel(info.id()));
        } catch (ApiFailure e) { // it may have ended meanwhile
            BatchInfo now = desk.at(Step.ASK, () -> waits.get(api.get(info.id())));
            if (!now.over()) {
                throw BatchFailures.exception(e, Step.CANCEL, ambient.time().now());
            }
        }
    }

    CompletableFuture<BatchStatus> awaitEnd(BatchHandle handle) {
        Steps<BatchStatus> steps = new Steps<>();
        CompletableFuture<BatchStatus> end = new CompletableFuture<>();
        CompletableFuture<?> unusedSteps = steps.result().whenComplete((status, failure) -> {
            if (failure == null) {
                end.complete(status);
            } else {
                end.completeExceptionally(steps.result().isCancelled() ? waits.closed() : failure);
            }
        });
        CompletableFuture<?> unusedEnd = end.whenComplete((status, failure) -> {
            if (end.isCancelled()) {
                steps.result().cancel(true);
            }
        });
        waits.add(steps.result());
        watch(ids(handle), steps, FIRST);
        return end;
    }

    /** Asks now, and after the delay again; each delay is half as long again as the one before, up to five minutes. */
    private void watch(List<String> ids, Steps<BatchStatus> steps, Duration delay) {
        CompletableFuture<?> unused = steps.at(ask(ids)).whenComplete((infos, thrown) -> {
            ApiFailure failure = thrown == null ? null : ApiFailure.of(thrown);
            if (failure != null && !failure.kind().retryable()) {
                steps.fail(BatchFailures.exception(
                        failure, Step.ASK, ambient.time().now()));
                return;
            }
            BatchStatus status = failure == null ? BatchInfo.joined(infos) : null;
            if (status != null && status.state().ended()) {
                steps.succeed(status);
            } else if (!steps.ended()) { // a server that is down is asked again, as long as the caller waits
                Duration longer = Duration.ofMillis((long) (delay.toMillis() * GROWTH));
                CompletableFuture<?> unusedAgain = steps.at(ambient.time().timer(delay))
                        .thenRunAsync(
                                () -> watch(ids, steps, longer.compareTo(LONGEST) < 0 ? longer : LONGEST),
                                ambient.time().executor());
            }
        });
    }

    @Override
    public void close() {
        waits.close();
    }
}
