package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.BatchStatus;
import io.github.ultrafeedback.DeferredGenerator;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.GeneratorOptions;
import io.github.ultrafeedback.Generators;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.ServerException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handing in: what is sent, what is stored when, and that nothing is paid twice. */
@Timeout(120)
final class BatchSubmitTest {
    @Test
    void coreFindsTheCapability() {
        OpenAiSettings settings = OpenAiSettings.builder().apiKey(Planted.KEY).build();
        try (Generator generator = Generators.forModel(
                "gpt-4", GeneratorOptions.builder().settings(settings).build())) {
            assertThat(generator).isInstanceOf(DeferredGenerator.class);
        }
    }

    @Test
    void theHandleIsStoredBeforeTheFirstPoll() {
        try (BatchBench bench = new BatchBench()) {
            List<String> before = new ArrayList<>();
            BatchHandle handle = bench.generator.submitBatch(BatchBench.requests(3), stored -> {
                bench.stored.add(stored);
                before.addAll(bench.fake.log);
            });
            assertThat(handle.id()).isEqualTo("batch_1");
            assertThat(bench.stored).containsExactly(handle);
            assertThat(before).containsExactly("GET /v1/batches", "POST /v1/files", "POST /v1/batches");
            assertThat(bench.fake.log).hasSize(3);
        }
    }

    @Test
    void theLinesAreThoseOfALiveCallWithoutStreaming() {
        try (BatchBench bench = new BatchBench()) {
            SamplingParams params = SamplingParams.builder()
                    .maxTokens(7)
                    .temperature(0.5)
                    .seed(11)
                    .build();
            BatchHandle unused = bench.submit(List.of(GenerationRequest.of(
                    Prompt.of("Be kind.", "Hi \u2028 \ud83d\ude00\n").withId("a"), params)));
            String line = bench.fake.files.get("file-1");
            assertThat(line).endsWith("\n").hasLineCount(1);
            JsonNode body = bench.fake.input("batch_1").get(0).path("body");
            assertThat(body.toString())
                    .isEqualTo("{\"model\":\"gpt-4\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
                            + "{\"role\":\"user\",\"content\":\"Hi \u2028 \ud83d\ude00\\n\"}],\"max_tokens\":7,"
                            + "\"temperature\":0.5,\"top_p\":1.0,\"seed\":11}");
        }
    }

    @Test
    void manyRequestsBecomeSeveralBatchesBehindOneHandle() {
        BatchLimits limits = new BatchLimits(4, 1_000_000);
        try (BatchBench bench = new BatchBench(limits, Loopback.openAi())) {
            List<GenerationRequest> requests = BatchBench.requests(10);
            BatchHandle handle = bench.submit(requests);
            assertThat(bench.stored)
                    .extracting(BatchHandle::id)
                    .containsExactly("batch_1", "batch_1,batch_2", "batch_1,batch_2,batch_3");
            assertThat(bench.generator.poll(handle))
                    .isEqualTo(new BatchStatus(BatchStatus.State.IN_PROGRESS, 10, 0, 0));
            assertThat(bench.finish(handle, requests)).allMatch(Outcome.Success.class::isInstance);
        }
    }

    @Test
    void aFileIsNoLongerThanItMayBeAndALineThatIsFailsAlone() {
        BatchLimits limits = new BatchLimits(50, 2_000);
        try (BatchBench bench = new BatchBench(limits, Loopback.openAi())) {
            List<GenerationRequest> requests = new ArrayList<>(BatchBench.requests(20));
            requests.set(5, GenerationRequest.of(Prompt.of("x".repeat(3_000)).withId("long")));
            BatchHandle handle = bench.submit(requests); // the fake refuses a file that is too long
            assertThat(bench.fake.batches.size()).isBetween(2, 5);
            List<Outcome> outcomes = bench.finish(handle, requests);
            assertThat(BatchBench.failure(outcomes.get(5)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("2000")
                    .hasMessageNotContaining("xxx");
            assertThat(outcomes).filteredOn(Outcome.Success.class::isInstance).hasSize(19);
            assertThatThrownBy(() -> bench.submit(List.of(requests.get(5))))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void idsOfAnyLengthAndSpellingFitAndStayApart() {
        try (BatchBench bench = new BatchBench()) {
            String common = "row/\"\u00e9\n".repeat(50);
            List<GenerationRequest> requests = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                requests.add(GenerationRequest.of(Prompt.of("same words").withId(common + i)));
            }
            List<Outcome> outcomes = bench.finish(bench.submit(requests), requests);
            Set<String> ids = new HashSet<>();
            outcomes.forEach(
                    outcome -> ids.add(String.valueOf(BatchBench.answer(outcome).promptId())));
            assertThat(ids).hasSize(100);
        }
    }

    @Test
    void whatABatchCannotCarryIsRefusedBeforeAnythingIsSent() {
        try (BatchBench bench = new BatchBench()) {
            GenerationRequest plain = BatchBench.requests(1).get(0);
            refused(bench, plain.withListener((choice, delta) -> {}), "listener");
            refused(
                    bench,
                    GenerationRequest.of(
                            plain.prompt(), SamplingParams.builder().topK(5).build()),
                    "topK");
            refused(bench, GenerationRequest.of(Prompt.raw("raw").withId("r")), "prompt must be a chat");
            assertThatThrownBy(() -> bench.submit(List.of())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> bench.submit(List.of(plain, plain)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'p0' twice");
            assertThatThrownBy(() -> bench.submit(List.of(GenerationRequest.of(Prompt.of("x")))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("withId");
            assertThat(bench.fake.log).isEmpty();
            assertThat(bench.stored).isEmpty();
        }
    }

    private static void refused(BatchBench bench, GenerationRequest request, String what) {
        assertThatThrownBy(() -> bench.submit(List.of(request)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(what);
    }

    @Test
    void aStreamAskedForByExtraBodyIsRefused() {
        OpenAiSettingsBuilder settings = Loopback.openAi().extraBody(Map.of("stream", true));
        try (BatchBench bench = new BatchBench(BatchLimits.OPENAI, settings)) {
            refused(bench, BatchBench.requests(1).get(0), "stream");
        }
    }

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

    @Test
    void aServerWithoutBatchesSaysSo() {
        for (int status : new int[] {404, 405, 501}) {
            try (BatchBench bench =
                    new BatchBench(BatchLimits.OPENAI, Loopback.openAi(), r -> ServerReply.json(status, "{}"))) {
                assertThatThrownBy(() -> bench.submit(BatchBench.requests(1)))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("has no Batch API");
            }
        }
    }

    @Test
    void azureIsRefusedBeforeAnythingIsSent() {
        OpenAiSettingsBuilder settings = Loopback.openAi().azure(new AzureDeployment("d", "2024-10-21"));
        try (BatchBench bench = new BatchBench(BatchLimits.OPENAI, settings)) {
            refused(bench, BatchBench.requests(1).get(0), "azure");
            assertThat(bench.fake.log).isEmpty();
        }
    }

    @Test
    void aHandleOfAnotherModelOrShapeOrServerIsRefused() {
        try (BatchBench bench = new BatchBench()) {
            ModelRef model = bench.generator.model();
            assertThatThrownBy(() -> bench.generator.poll(new BatchHandle(model, "batch_404")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("handle.id");
            assertThatThrownBy(() -> bench.generator.poll(new BatchHandle(model, "../files?x")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("handle.id");
            assertThatThrownBy(() -> bench.generator.poll(new BatchHandle(ModelRef.parse("openai:o1"), "batch_1")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("handle.model");
        }
    }

    @Test
    void cancellingKeepsWhatIsAnsweredAndLeavesAnEndedBatchAlone() {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.fates =
                    line -> FakeBatches.words(line).equals("p0") ? FakeBatches.Fate.ANSWERED : FakeBatches.Fate.STOPPED;
            List<GenerationRequest> requests = BatchBench.requests(3);
            BatchHandle handle = bench.submit(requests);
            bench.generator.cancel(handle);
            List<Outcome> outcomes = bench.finish(handle, requests);
            assertThat(BatchBench.answer(outcomes.get(0)).text()).isEqualTo("Re: p0");
            assertThat(bench.generator.poll(handle).state()).isEqualTo(BatchStatus.State.CANCELLED);
            bench.generator.cancel(handle);
            assertThat(bench.fake.calls()).containsEntry("POST /v1/batches/*/cancel", 1);
        }
    }

    @Test
    void pollingSlowsDownToFiveMinutesAndOutlastsAServerThatIsDown() {
        OpenAiSettingsBuilder settings = Loopback.openAi().retries(2, Duration.ofMillis(1)); // known by their length
        try (BatchBench bench = new BatchBench(BatchLimits.OPENAI, settings)) {
            bench.fake.end = "in_progress"; // which never ends
            BatchHandle handle = bench.submit(BatchBench.requests(1));
            AtomicInteger asked = new AtomicInteger();
            bench.fake.before = call -> {
                int number = asked.incrementAndGet();
                bench.fake.end = number > 20 ? "completed" : "in_progress";
                return number > 4 && number < 11 ? ServerReply.json(503, "{}") : null; // three polls of two attempts
            };
            assertThat(bench.generator.awaitEnd(handle).join().state()).isEqualTo(BatchStatus.State.COMPLETED);
            List<Duration> delays = bench.time.skipped.stream()
                    .filter(delay -> delay.compareTo(Duration.ofSeconds(1)) > 0)
                    .toList();
            assertThat(delays.subList(0, 4))
                    .extracting(Duration::toMillis)
                    .containsExactly(10_000L, 15_000L, 22_500L, 33_750L);
            assertThat(delays).isSorted().hasSizeBetween(17, 22);
            assertThat(delays.get(delays.size() - 1)).isEqualTo(Duration.ofMinutes(5));
        }
    }

    @Test
    void closingEndsWhoeverWaits() {
        try (BatchBench bench = new BatchBench()) {
            bench.fake.end = "in_progress";
            BatchHandle handle = bench.submit(BatchBench.requests(1));
            bench.fake.before = call -> ServerReply.silence();
            CompletableFuture<BatchStatus> end = bench.generator.awaitEnd(handle);
            CompletableFuture<BatchStatus> poll = CompletableFuture.supplyAsync(() -> bench.generator.poll(handle));
            Loopback.await("both ask", () -> bench.server.requests().size() == 5);
            bench.generator.close();
            for (CompletableFuture<BatchStatus> waiting : List.of(end, poll)) {
                assertThatThrownBy(waiting::join).hasMessageContaining("was closed");
            }
        }
    }

    @Test
    void aKeyThatIsNoLongerGoodIsToldAsSuch() {
        try (BatchBench bench = new BatchBench()) {
            BatchHandle handle = bench.submit(BatchBench.requests(1));
            bench.fake.before = call -> FakeOpenAi.error(401, "invalid_request_error", "invalid_api_key", null);
            assertThatThrownBy(() -> bench.generator.poll(handle)).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> bench.generator.awaitEnd(handle).join())
                    .hasCauseInstanceOf(GenerationException.class);
        }
    }
}
