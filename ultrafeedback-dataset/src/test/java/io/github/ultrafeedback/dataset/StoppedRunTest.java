package io.github.ultrafeedback.dataset;

import static io.github.ultrafeedback.dataset.ScriptedGenerator.yes;
import static io.github.ultrafeedback.dataset.TestJobs.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped, and what they leave behind. */
final class StoppedRunTest {
    @TempDir
    Path folder;

    @Test
    void aStoppedRunWaitsForWhatIsInFlight() {
        List<CompletableFuture<Completion>> held = new ArrayList<>();
        List<GenerationRequest> asked = new ArrayList<>();
        GenerationJob[] job = new GenerationJob[1];
        ScriptedGenerator generator = new ScriptedGenerator("m", request -> {
            held.add(new CompletableFuture<>());
            asked.add(request);
            if (held.size() == 4) {
                job[0].stop();
                for (int i = 0; i < 4; i++) {
                    held.get(i).complete(ScriptedGenerator.completion(asked.get(i), "yes"));
                }
            }
            return held.get(held.size() - 1);
        });
        job[0] = TestJobs.job(folder, 50, generator.asModel()).build();
        JobReport report = job[0].run(OPTIONS.withWindow(4));
        assertThat(report.end()).isEqualTo(JobReport.End.STOPPED);
        assertThat(report.done()).isEqualTo(4);
        assertThat(generator.requests).hasSize(4);
        job[0].stop(); // without a run it does nothing
    }

    @Test
    void whatDoesNotEndInTimeIsCancelledAndNamedAtTheNextStart() {
        List<CompletableFuture<Completion>> held = new ArrayList<>();
        GenerationJob[] job = new GenerationJob[1];
        ScriptedGenerator never = new ScriptedGenerator("m", request -> {
            held.add(new CompletableFuture<>());
            if (held.size() == 3) {
                job[0].stop();
            }
            return held.get(held.size() - 1);
        });
        job[0] = TestJobs.job(folder, 5, never.asModel()).build();
        JobReport report = job[0].run(OPTIONS.withWindow(3).withDrainTimeout(Duration.ZERO));
        assertThat(report.end()).isEqualTo(JobReport.End.STOPPED);
        assertThat(held).allMatch(CompletableFuture::isCancelled);
        assertThat(report.open()).isEqualTo(5);

        ScriptedGenerator answering = ScriptedGenerator.saying("m", request -> "yes");
        GenerationJob next = TestJobs.job(folder, 5, answering.asModel()).build();
        JobReport held1 = next.run(OPTIONS.withPossiblyPaid(PossiblyPaid.HOLD));
        assertThat(held1.start().possiblyPaid())
                .hasSize(3)
                .allMatch(call -> call.model().equals("m"));
        assertThat(held1.end()).isEqualTo(JobReport.End.FINISHED);
        assertThat(held1.held()).isEqualTo(3);
        assertThat(answering.requests).hasSize(2);

        JobReport failed = next.run(OPTIONS.withPossiblyPaid(PossiblyPaid.FAIL));
        assertThat(failed.start().possiblyPaid()).hasSize(3);
        assertThat(failed.failed()).isEqualTo(3);
        assertThat(String.join("", TestJobs.lines(folder.resolve("failures.jsonl"))))
                .contains("PossiblyPaid", "MAYBE_DONE");
        assertThat(next.retryFailed(failure -> failure.type().equals("PossiblyPaid")))
                .isEqualTo(3);
        assertThat(next.run(OPTIONS).done()).isEqualTo(5);
        assertThat(answering.requests).hasSize(5);
    }

    @Test
    void heldCallsAreAskedByARunThatAsksAgain() {
        GenerationJob[] job = new GenerationJob[1];
        ScriptedGenerator never = new ScriptedGenerator("m", request -> {
            job[0].stop();
            return new CompletableFuture<>();
        });
        job[0] = TestJobs.job(folder, 1, never.asModel()).build();
        job[0].run(OPTIONS.withDrainTimeout(Duration.ZERO));
        ScriptedGenerator answering = ScriptedGenerator.saying("m", request -> "yes");
        GenerationJob next = TestJobs.job(folder, 1, answering.asModel()).build();
        assertThat(next.run(OPTIONS.withPossiblyPaid(PossiblyPaid.HOLD)).held()).isEqualTo(1);
        JobReport report = next.run(OPTIONS);
        assertThat(report.start().possiblyPaid()).hasSize(1);
        assertThat(report.done()).isEqualTo(1);
        assertThat(TestJobs.lines(folder.resolve("provenance.jsonl")).get(0)).contains("\"asked\":2,");
    }

    @Test
    void anInterruptEndsTheRunInOrderAndStaysSet() {
        Thread here = Thread.currentThread();
        ScriptedGenerator generator = new ScriptedGenerator("m", request -> {
            here.interrupt();
            return yes(request);
        });
        JobReport report =
                TestJobs.job(folder, 200, generator.asModel()).build().run(OPTIONS.withWindow(2));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.end()).isEqualTo(JobReport.End.STOPPED);
        assertThat(report.done()).isEqualTo(generator.requests.size());
    }
}
