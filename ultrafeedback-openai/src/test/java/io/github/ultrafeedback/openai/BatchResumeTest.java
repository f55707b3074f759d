package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a lost answer, a crash or a failure in the middle nothing is paid twice. */
@Timeout(120)
final class BatchResumeTest {
    @Test
    void failuresOfTheUploadAreTriedAgainAndMakeOneBatch() {
        try (BatchBench bench = new BatchBench()) {
            AtomicInteger tries = new AtomicInteger();
            bench.fake.after = call -> {
                boolean fails = call.equals("POST /v1/files") && tries.incrementAndGet() < 4;
                return !fails ? null : tries.get() == 1 ? ServerReply.reset() : ServerReply.json(502, "<html>");
            };
            BatchHandle handle = bench.submit(BatchBench.requests(3));
            assertThat(handle.id()).isEqualTo("batch_1");
            assertThat(bench.fake.calls()).containsEntry("POST /v1/files", 4).containsEntry("POST /v1/batches", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETRY", "FAIL"})
    void aBatchWhoseAnswerWasLostIsFoundAndNotCreatedAgain(String policy) {
        OpenAiSettingsBuilder settings = Loopback.openAi().whenMaybeDone(WhenMaybeDone.valueOf(policy));
        try (BatchBench bench = new BatchBench(BatchLimits.OPENAI, settings)) {
            bench.fake.after = call -> call.equals("POST /v1/batches") ? ServerReply.json(500, "{}") : null;
            assertThat(bench.submit(BatchBench.requests(3)).id()).isEqualTo("batch_1");
            assertThat(bench.fake.batches).hasSize(1);
            assertThat(bench.stored).hasSize(1);
        }
    }

    @Test
    void whereNobodyCanTellThePolicyDecides() {
        for (WhenMaybeDone policy : WhenMaybeDone.values()) {
            OpenAiSettingsBuilder settings = Loopback.openAi().whenMaybeDone(policy);
            try (BatchBench bench = new BatchBench(BatchLimits.OPENAI, settings)) {
                bench.fake.listed = false;
                AtomicInteger tries = new AtomicInteger();
                bench.fake.after = call -> call.equals("POST /v1/batches") && tries.incrementAndGet() == 1
                        ? ServerReply.json(500, "{}")
                        : null;
                if (policy == WhenMaybeDone.RETRY) {
                    assertThat(bench.submit(BatchBench.requests(1)).id()).isEqualTo("batch_2");
                } else {
                    assertThatThrownBy(() -> bench.submit(BatchBench.requests(1)))
                            .isInstanceOfSatisfying(
                                    ServerException.class,
                                    e -> assertThat(e.certainty()).isEqualTo(Certainty.MAYBE_DONE));
                }
            }
        }
    }

    @Test
    void aBatchThatWasCreatedBeforeACrashIsTakenUpByTheNextProcess() {
        try (BatchBench bench = new BatchBench(new BatchLimits(2, 1_000_000), Loopback.openAi())) {
            List<GenerationRequest> requests = BatchBench.requests(5);
            assertThatThrownBy(() -> bench.generator.submitBatch(requests, handle -> {
                        throw new IllegalStateException("disk full");
                    }))
                    .hasMessage("disk full");
            List<GenerationRequest> shuffled = new ArrayList<>(requests);
            Collections.reverse(shuffled);
            BatchHandle handle = bench.another().submitBatch(shuffled, bench.stored::add);
            assertThat(handle.id()).isEqualTo("batch_1,batch_2,batch_3");
            assertThat(bench.fake.batches).hasSize(3);
            assertThat(bench.finish(handle, requests)).allMatch(Outcome.Success.class::isInstance);
            assertThat(bench.another().submitBatch(requests, bench.stored::add)).isEqualTo(handle);
        }
    }

    @Test
    void aBatchThatTheCallerHoldsOrThatEndedWithoutAnswersIsNotTakenUp() {
        try (BatchBench bench = new BatchBench()) {
            List<GenerationRequest> requests = BatchBench.requests(2);
            BatchHandle first = bench.submit(requests);
            assertThat(bench.submit(requests)).isNotEqualTo(first);
            bench.fake.batches.values().forEach(batch -> batch.put("status", "expired"));
            assertThat(bench.another().submitBatch(requests, bench.stored::add).id())
                    .isEqualTo("batch_3");
            OpenAiBatchGenerator holder = bench.another();
            BatchStatus unused = holder.poll(new BatchHandle(first.model(), "batch_3"));
            assertThat(holder.submitBatch(requests, bench.stored::add).id()).isEqualTo("batch_4");
        }
    }

    @Test
    void afterAFailureInTheMiddleTheSameCallPaysForNoPartTwice() {
        try (BatchBench bench = new BatchBench(new BatchLimits(2, 1_000_000), Loopback.openAi())) {
            List<GenerationRequest> requests = BatchBench.requests(6);
            AtomicInteger uploads = new AtomicInteger();
            bench.fake.before = call -> call.equals("POST /v1/files") && uploads.incrementAndGet() == 2
                    ? FakeOpenAi.error(403, "invalid_request_error", null, null)
                    : null;
            assertThatThrownBy(() -> bench.submit(requests)).isInstanceOf(AuthenticationException.class);
            assertThat(bench.stored).extracting(BatchHandle::id).containsExactly("batch_1");
            List<Outcome> part = bench.finish(bench.stored.get(0), requests);
            assertThat(part).filteredOn(Outcome.Success.class::isInstance).hasSize(2);
            assertThat(part)
                    .filteredOn(Outcome.Failure.class::isInstance)
                    .extracting(outcome -> BatchBench.failure(outcome).certainty())
                    .containsOnly(Certainty.NOT_SENT);
            assertThat(bench.another().submitBatch(requests, bench.stored::add).id())
                    .isEqualTo("batch_1,batch_2,batch_3");
        }
    }
}
