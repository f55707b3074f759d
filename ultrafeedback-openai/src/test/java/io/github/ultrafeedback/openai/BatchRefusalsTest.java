package io.github.ultrafeedback.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.BatchHandle;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.ModelRef;
import io.github.ultrafeedback.Prompt;
import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.testkit.ServerReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no batch can carry, no server takes and no handle may name is refused. */
@Timeout(120)
final class BatchRefusalsTest {
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
}
