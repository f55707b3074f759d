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
import io.github.ultrafeedback.Outcome;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handing in: what is sent, and what is stored when. */
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
}
