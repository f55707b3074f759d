package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.ServerException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking again and comparing. */
final class VerifyTest {
    @TempDir
    Path folder;

    @Test
    void aSeededModelGivesTheSameAnswersAgain() {
        GenerationJob job = TestJobs.job(folder, 60, TestJobs.words("a"), TestJobs.words("b"))
                .samples(2)
                .build();
        job.run();
        VerifyReport report = job.verify("b", 50);
        assertThat(report.compared()).isEqualTo(50);
        assertThat(report.different()).isEmpty();
        assertThat(report.unanswered()).isEmpty();
        assertThat(job.verify("a", 1000).compared()).isEqualTo(120);
    }

    @Test
    void anAnswerThatDiffersOrDoesNotComeIsNamed() {
        GenerationJob job = TestJobs.job(
                        folder,
                        5,
                        ScriptedGenerator.saying("m", request -> "yes").asModel())
                .build();
        job.run();
        ScriptedGenerator other = new ScriptedGenerator("m", request -> {
            String id = String.valueOf(request.prompt().id());
            return id.startsWith("4-")
                    ? CompletableFuture.failedFuture(new ServerException("down", null, Certainty.REFUSED))
                    : CompletableFuture.completedFuture(
                            ScriptedGenerator.completion(request, id.startsWith("2-") ? "no" : "yes"));
        });
        GenerationJob changed = TestJobs.job(folder, 5, other.asModel()).build();
        VerifyReport report = changed.verify("m", 100);
        assertThat(report.compared()).isEqualTo(4);
        assertThat(report.different()).hasSize(1).allMatch(call -> call.rowId().startsWith("2-"));
        assertThat(report.unanswered()).hasSize(1).allMatch(call -> call.rowId().startsWith("4-"));
        assertThat(other.closed).isTrue();
    }

    @Test
    void aModelWithoutSeedsIsRefused() {
        GenerationJob job =
                TestJobs.job(folder, 1, TestJobs.words("a").withoutSeed()).build();
        assertThatThrownBy(() -> job.verify("a", 1)).hasMessageContaining("seed");
        assertThatThrownBy(() -> job.verify("z", 1)).hasMessageContaining("[a]");
    }
}
