package io.github.ultrafeedback.dataset;

import static io.github.ultrafeedback.dataset.TestJobs.job;
import static io.github.ultrafeedback.dataset.TestJobs.lines;
import static io.github.ultrafeedback.dataset.TestJobs.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.SamplingParams;
import io.github.ultrafeedback.dataset.internal.json.BadRowException;
import io.github.ultrafeedback.dataset.internal.json.RowFields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerationJobTest {
    @TempDir
    Path folder;

    @Test
    void everyRowGetsAnAnswerOfEachModelInOrder() {
        JobReport report = job(folder, 10, words("a"), words("b")).build().run();
        assertThat(report.end()).isEqualTo(JobReport.End.FINISHED);
        assertThat(report.done()).isEqualTo(20);
        assertThat(report.open()).isZero();
        assertThat(lines(folder.resolve("records.jsonl"))).hasSize(10);
        assertThat(lines(folder.resolve("provenance.jsonl"))).hasSize(20);
        assertThat(lines(folder.resolve("failures.jsonl"))).isEmpty();
    }

    @Test
    void aWindowWithoutABoundIsAWindow() {
        JobReport report =
                job(folder, 10, words("a")).build().run(RunOptions.defaults().withWindow(Integer.MAX_VALUE));
        assertThat(report.done()).isEqualTo(10);
    }

    @Test
    void optionsOutOfRangeAreRefusedByName() {
        RunOptions options = RunOptions.defaults();
        assertThatThrownBy(() -> options.withWindow(0)).hasMessageContaining("window");
        assertThatThrownBy(() -> options.withFailureLimit(1.5, 10)).hasMessageContaining("failureShare");
        assertThatThrownBy(() -> options.withFailureLimit(Double.NaN, 10)).hasMessageContaining("failureShare");
        assertThatThrownBy(() -> options.withFailureLimit(0.5, 0)).hasMessageContaining("failureWindow");
        assertThatThrownBy(() -> options.withDrainTimeout(Duration.ofSeconds(-1)))
                .hasMessageContaining("drainTimeout");
        assertThatThrownBy(() -> options.withMemoryBudget(-1)).hasMessageContaining("memoryBudget");
    }

    @Test
    void settingsThatCannotWorkAreRefusedByName() {
        assertThatThrownBy(GenerationJob.builder()::build).hasMessageContaining("input");
        assertThatThrownBy(job(folder, 1)::build).hasMessageContaining("models");
        assertThatThrownBy(job(folder, 1, words("a"), words("a"))::build).hasMessageContaining("a twice");
        assertThatThrownBy(job(folder, 1, words("a")).samples(0)::build).hasMessageContaining("samples");
        assertThatThrownBy(job(folder, 1).pool(List.of(words("a")))::build)
                .hasMessageContaining("perRow")
                .hasMessageContaining("[1, 1]");
        assertThatThrownBy(job(folder.resolve("a?b"), 1, words("a"))::build).hasMessageContaining("folder");
        assertThatThrownBy(() -> words("a").withWeight(0)).hasMessageContaining("weight of a");
        assertThatThrownBy(() -> words("a").withMemoryBytes(-1)).hasMessageContaining("memoryBytes of a");
        assertThatThrownBy(() -> words(" ")).hasMessageContaining("id");
        SamplingParams two = SamplingParams.builder().n(2).build();
        assertThatThrownBy(() -> words("a").withParams(two)).hasMessageContaining("samples");
        SamplingParams seeded = SamplingParams.defaults().withSeed(1);
        assertThatThrownBy(() -> words("a").withParams(seeded)).hasMessageContaining("seed");
    }

    @Test
    void aPoolIsDrawnByWeightAndBySeedAlone() {
        List<JobModel> pool = List.of(words("a"), words("b").withWeight(3), words("c"));
        Map<String, Integer> firsts = new TreeMap<>();
        ModelChoice choice = new ModelChoice(ModelChoice.Kind.DRAWN, 2);
        RowFields row = new RowFields("x", null, List.of(), null);
        int rows = 20_000;
        for (int i = 0; i < rows; i++) {
            List<String> drawn = choose(choice, pool, 1, "row-" + i, row);
            assertThat(drawn).hasSize(2).doesNotHaveDuplicates();
            firsts.merge(drawn.get(0), 1, Integer::sum);
        }
        assertThat(firsts.getOrDefault("b", 0) / (double) rows).isBetween(0.59, 0.61); // 3 of 5
        assertThat(firsts.getOrDefault("a", 0) / (double) rows).isBetween(0.19, 0.21);
        assertThat(choose(choice, pool, 1, "row-7", row)).isEqualTo(choose(choice, pool, 1, "row-7", row));
        List<JobModel> reversed = List.of(pool.get(2), pool.get(1), pool.get(0));
        assertThat(choose(choice, reversed, 1, "row-7", row)).isEqualTo(choose(choice, pool, 1, "row-7", row));
    }

    private static List<String> choose(ModelChoice choice, List<JobModel> pool, long seed, String id, RowFields row) {
        try {
            return choice.choose(pool, seed, id, row);
        } catch (BadRowException e) {
            throw new IllegalStateException(e);
        }
    }
}
