package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.Completion;
import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.Generator;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.QueueFullException;
import io.github.ultrafeedback.error.ServerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that fail, models that cannot be opened, runs that are stopped. */
final class FailureTest {
    private static final RunOptions OPTIONS = RunOptions.defaults().withoutShutdownHook();

    @TempDir
    Path folder;

    private static CompletableFuture<Completion> yes(GenerationRequest request) {
        return CompletableFuture.completedFuture(ScriptedGenerator.completion(request, "yes"));
    }

    private static boolean asks(GenerationRequest request, int row) {
        return String.valueOf(request.prompt().id()).startsWith(row + "-");
    }

    @Test
    void failedCallsAreAskedAgainOnlyWhenRetried() {
        AtomicBoolean broken = new AtomicBoolean(true);
        ScriptedGenerator generator = new ScriptedGenerator("m", request -> {
            if (broken.get() && asks(request, 1)) {
                return CompletableFuture.failedFuture(new InvalidRequestException("no"));
            }
            if (broken.get() && asks(request, 2)) {
                throw new IllegalStateException("secret prompt text");
            }
            return yes(request);
        });
        GenerationJob job = TestJobs.job(folder, 4, generator.asModel()).build();
        JobReport first = job.run(OPTIONS);
        assertThat(first.end()).isEqualTo(JobReport.End.FINISHED);
        assertThat(first.done()).isEqualTo(2);
        assertThat(first.failed()).isEqualTo(2);
        List<String> letters = TestJobs.lines(folder.resolve("failures.jsonl"));
        assertThat(String.join("\n", letters))
                .contains("InvalidRequestException", "java.lang.IllegalStateException")
                .doesNotContain("secret");

        broken.set(false);
        assertThat(job.run(OPTIONS).failed()).isEqualTo(2); // a failure stays one
        assertThat(generator.requests).hasSize(4);
        List<CallFailure> seen = new ArrayList<>();
        assertThat(job.retryFailed(failure -> seen.add(failure) && failure.certainty() == Certainty.MAYBE_DONE))
                .isEqualTo(1);
        assertThat(seen).hasSize(2);
        assertThat(job.run(OPTIONS).failed()).isEqualTo(1);
        assertThat(job.retryFailed(failure -> failure.type().equals("InvalidRequestException")))
                .isEqualTo(1);
        JobReport last = job.run(OPTIONS);
        assertThat(last.failed()).isZero();
        assertThat(last.done()).isEqualTo(4);
        assertThat(generator.requests).hasSize(6);
        assertThat(TestJobs.lines(folder.resolve("failures.jsonl"))).isEmpty();
        assertThat(TestJobs.lines(folder.resolve("records.jsonl"))).hasSize(4);
    }

    @Test
    void tooManyFailuresStopTheRunEarly() {
        ScriptedGenerator generator = new ScriptedGenerator(
                "m", request -> CompletableFuture.failedFuture(new ServerException("down", null, Certainty.REFUSED)));
        GenerationJob job = TestJobs.job(folder, 500, generator.asModel()).build();
        JobReport report = job.run(OPTIONS.withFailureLimit(0.5, 20).withWindow(4));
        assertThat(report.end()).isEqualTo(JobReport.End.TOO_MANY_FAILURES);
        assertThat(report.reason()).contains("20 of the last 20");
        assertThat(generator.requests.size()).isBetween(20, 28);
        assertThat(report.summary()).contains("to go on");
        assertThat(report.open() + report.failed()).isEqualTo(500);
    }

    @Test
    void aWrongKeyBlocksTheJobAndSpoilsNoRow() {
        AtomicBoolean wrong = new AtomicBoolean(true);
        ScriptedGenerator generator = new ScriptedGenerator(
                "m",
                request -> wrong.get()
                        ? CompletableFuture.failedFuture(new AuthenticationException("wrong key", null))
                        : yes(request));
        GenerationJob job = TestJobs.job(folder, 50, generator.asModel()).build();
        JobReport blocked = job.run(OPTIONS.withWindow(4));
        assertThat(blocked.end()).isEqualTo(JobReport.End.BLOCKED);
        assertThat(blocked.cause()).isInstanceOf(AuthenticationException.class);
        assertThat(blocked.failed()).isZero();
        assertThat(blocked.open()).isEqualTo(50);
        wrong.set(false);
        assertThat(job.run(OPTIONS).done()).isEqualTo(50);
        assertThat(job.run(OPTIONS).start().possiblyPaid()).isEmpty();
    }

    @Test
    void aModelThatCannotBeOpenedBlocksTheJobAndTheOthersAnswersAreKept() {
        ScriptedGenerator good = ScriptedGenerator.saying("good", request -> "yes");
        GenerationException cause = new GenerationException("no such file", false, Certainty.NOT_SENT);
        JobModel bad = JobModel.of("bad", () -> {
            throw cause;
        });
        JobReport report = TestJobs.job(folder, 3, good.asModel(), bad).build().run(OPTIONS);
        assertThat(report.end()).isEqualTo(JobReport.End.BLOCKED);
        assertThat(report.reason()).contains("bad");
        assertThat(report.cause()).isSameAs(cause);
        assertThat(report.done()).isEqualTo(good.requests.size());
    }

    @Test
    void aFullQueueIsTriedAgainWithoutASecondIntent() {
        AtomicInteger refused = new AtomicInteger();
        ScriptedGenerator generator = new ScriptedGenerator(
                "m",
                request -> refused.incrementAndGet() % 3 == 0
                        ? yes(request)
                        : CompletableFuture.failedFuture(new QueueFullException("full")));
        JobReport report = TestJobs.job(folder, 10, generator.asModel()).build().run(OPTIONS);
        assertThat(report.done()).isEqualTo(10);
        assertThat(TestJobs.lines(folder.resolve("provenance.jsonl"))).allMatch(line -> line.contains("\"asked\":1,"));
    }

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
