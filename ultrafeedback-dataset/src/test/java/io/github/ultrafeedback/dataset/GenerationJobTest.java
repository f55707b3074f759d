package io.github.ultrafeedback.dataset;

import static io.github.ultrafeedback.dataset.TestJobs.job;
import static io.github.ultrafeedback.dataset.TestJobs.lines;
import static io.github.ultrafeedback.dataset.TestJobs.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
