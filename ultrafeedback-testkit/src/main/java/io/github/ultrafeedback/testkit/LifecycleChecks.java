package io.github.ultrafeedback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.TokenListener;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationCancelledException;
import io.github.ultrafeedback.error.GeneratorClosedException;
import io.github.ultrafeedback.error.QueueFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Cancelling, a full queue, and closing. */
final class LifecycleChecks {
    private final GeneratorContract backend;

    LifecycleChecks(GeneratorContract backend) {
        this.backend = backend;
    }

    void cancelRunning() {
        try (Trial trial = new Trial(backend)) {
            CompletableFuture<Completion> before = trial.generator.submit(trial.request(1, 8));
            CompletableFuture<CompletableFuture<Completion>> self = new CompletableFuture<>();
            AtomicInteger deltas = new AtomicInteger();
            GenerationRequest request = trial.request(2, backend.longTokens()).withListener((choice, delta) -> {
                deltas.incrementAndGet();
                trial.join(self).cancel(true); // from within, so that it surely runs and surely has not ended
            });
            CompletableFuture<Completion> cancelled = trial.generator.submit(request);
            self.complete(cancelled);
            if (!backend.streams()) {
                cancelled.cancel(true);
            }
            CompletableFuture<Completion> after = trial.generator.submit(trial.request(3, 8));
            assertThat(trial.join(before).promptId()).isEqualTo("p1");
            assertThat(trial.join(after).promptId()).isEqualTo("p3");
            trial.failure(cancelled);
            assertThat(cancelled).isCancelled();
            assertHeardCancelled(trial, request);
            assertThat(deltas.get())
                    .as("deltas, most of them after it was cancelled")
                    .isLessThan(backend.longTokens() / 2);
        }
    }

    private static void assertHeardCancelled(Trial trial, GenerationRequest request) {
        trial.awaitHeard(
                "the cancelled request ends",
                heard -> heard.kinds(request).stream().anyMatch(RecordingListener.Kind::end));
        assertThat(trial.heard.events())
                .filteredOn(
                        event -> event.request().equals(request) && event.kind().end())
                .singleElement()
                .satisfies(event -> assertThat(event.cause()).isInstanceOf(GenerationCancelledException.class));
    }

    void cancelWaiting() {
        try (Trial trial = new Trial(backend)) {
            List<CompletableFuture<Completion>> busy = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                busy.add(trial.generator.submit(trial.request(i, backend.longTokens())));
            }
            GenerationRequest request = trial.request(9, backend.longTokens());
            CompletableFuture<Completion> cancelled = trial.generator.submit(request);
            if (cancelled.cancel(true)) { // a very fast backend may have answered
                assertHeardCancelled(trial, request);
            }
            assertThat(busy).as("the others go on").noneMatch(CompletableFuture::isCompletedExceptionally);
            busy.forEach(future -> future.cancel(true));
            assertThat(trial.answer(trial.request(10, 2)).promptId()).isEqualTo("p10");
        }
    }

    void fullQueue() {
        CountDownLatch held = new CountDownLatch(1);
        try (Trial trial = new Trial(backend, GeneratorOptions.builder().maxQueued(2))) {
            TokenListener holding = (choice, delta) -> trial.await("the queue is full", held);
            List<CompletableFuture<Completion>> accepted = new ArrayList<>();
            CompletableFuture<Completion> refused = new CompletableFuture<>();
            GenerationRequest request = trial.request(0, backend.longTokens());
            for (int i = 0; i < backend.requestsToFillQueue() && !refused.isCompletedExceptionally(); i++) {
                request = trial.request(i, backend.longTokens());
                request = backend.streams() ? request.withListener(holding) : request;
                CompletableFuture<Completion> future = trial.generator.submit(request);
                if (future.isCompletedExceptionally()) {
                    refused = future;
                } else {
                    accepted.add(future);
                }
            }
            held.countDown();
            assertThat(refused)
                    .as("one of %s requests has failed already", backend.requestsToFillQueue())
                    .isCompletedExceptionally();
            assertThat(trial.failure(refused)).isInstanceOfSatisfying(QueueFullException.class, full -> {
                assertThat(full.retryable()).isTrue();
                assertThat(full.certainty()).isEqualTo(Certainty.NOT_SENT);
                assertThat(full).hasMessageContaining("maxQueued");
            });
            assertThat(accepted).hasSizeGreaterThanOrEqualTo(2);
            assertThat(trial.heard.kinds(request))
                    .as("heard of a request that a full queue turned away")
                    .isEmpty();
            assertHeardOnceWhereThereIsRoom(trial, request, accepted);
            assertThat(trial.answer(trial.request(99, 1)).promptId()).isEqualTo("p99");
        } finally {
            held.countDown();
        }
    }

    private static void assertHeardOnceWhereThereIsRoom(
            Trial trial, GenerationRequest request, List<CompletableFuture<Completion>> accepted) {
        accepted.forEach(future -> future.cancel(true));
        trial.awaitHeard(
                "each request ends", heard -> heard.ended() == heard.requests().size());
        trial.generator.submit(request).cancel(true);
        trial.awaitHeard("the request, handed in again, ends", heard -> heard.ended() == accepted.size() + 1);
        assertThat(trial.heard.kinds(request)).containsOnlyOnce(RecordingListener.Kind.SUBMITTED);
    }

    void closeWhileBusy() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        try (Trial trial = new Trial(backend)) {
            List<CompletableFuture<Completion>> futures = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                GenerationRequest request = trial.request(i, backend.longTokens());
                futures.add(trial.generator.submit(request.withListener((choice, delta) -> {
                    busy.countDown();
                    trial.await("the generator is closed", closing); // none ends before
                })));
            }
            if (backend.streams()) {
                trial.await("a request runs", busy);
            }
            CompletableFuture<Void> closed = CompletableFuture.runAsync(
                    () -> {
                        closing.countDown();
                        trial.generator.close();
                    },
                    task -> new Thread(task, "closer").start());
            trial.join(closed);
            int ended = 0;
            for (CompletableFuture<Completion> future : futures) {
                ended += endedByClosing(trial, future) ? 1 : 0;
            }
            assertThat(ended).as("requests that closing ended").isPositive();
        } finally {
            closing.countDown();
        }
    }

    private static boolean endedByClosing(Trial trial, CompletableFuture<Completion> future) {
        trial.join(future.handle((completion, failure) -> true)); // ends, one way or another
        try {
            future.get();
            return false;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(GeneratorClosedException.class);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void closed() {
        try (Trial trial = new Trial(backend)) {
            trial.answer(trial.request(1, 2));
            trial.generator.close();
            trial.generator.close();
            GenerationRequest request = trial.request(2, 2);
            CompletableFuture<Completion> late = trial.generator.submit(request);
            assertThat(late).as("refused at once").isCompletedExceptionally();
            assertThat(trial.failure(late)).isInstanceOf(GeneratorClosedException.class);
            assertThat(trial.heard.kinds(request))
                    .containsExactly(RecordingListener.Kind.SUBMITTED, RecordingListener.Kind.FAILED);
            assertThat(trial.generator.generateEach(List.of(trial.request(3, 2), trial.request(4, 2))))
                    .hasSize(2)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    Outcome.Failure.class,
                                    failure ->
                                            assertThat(failure.cause()).isInstanceOf(GeneratorClosedException.class)));
        }
    }
}
