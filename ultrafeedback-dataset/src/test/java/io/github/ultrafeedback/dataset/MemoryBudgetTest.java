package io.github.ultrafeedback.dataset;

import static io.github.ultrafeedback.dataset.TestJobs.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that do not fit into memory together. */
final class MemoryBudgetTest {
    @TempDir
    Path folder;

    @Test
    void modelsThatDoNotFitTogetherRunOneAfterTheOther() {
        List<String> log = new ArrayList<>();
        List<JobModel> models = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            models.add(JobModel.of(name, () -> opened(name, log)).withMemoryBytes(name.equals("c") ? 6 : 4));
        }
        GenerationJob job = GenerationJob.builder()
                .input(JobInput.rows(TestJobs.rows(3)))
                .folder(folder)
                .models(models)
                .build();
        assertThatThrownBy(() -> job.run(OPTIONS.withMemoryBudget(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memoryBytes of c");
        assertThat(job.run(OPTIONS.withMemoryBudget(9)).done()).isEqualTo(9);
        List<String> order = new ArrayList<>(log);
        assertThat(order).hasSize(6);
        assertThat(order.subList(0, 4)).containsExactlyInAnyOrder("open a", "open b", "close a", "close b");
        assertThat(order.subList(4, 6)).containsExactly("open c", "close c");
    }

    private static Generator opened(String name, List<String> log) {
        synchronized (log) {
            log.add("open " + name);
        }
        ScriptedGenerator inner = ScriptedGenerator.saying(name, request -> "yes");
        return new Generator() {
            @Override
            public io.github.ultrafeedback.ModelRef model() {
                return inner.model();
            }

            @Override
            public CompletableFuture<Completion> submit(GenerationRequest request) {
                return inner.submit(request);
            }

            @Override
            public void close() {
                synchronized (log) {
                    log.add("close " + name);
                }
            }
        };
    }
}
