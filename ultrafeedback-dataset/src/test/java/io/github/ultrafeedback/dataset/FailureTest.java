package io.github.ultrafeedback.dataset;

import static io.github.ultrafeedback.dataset.ScriptedGenerator.yes;
import static io.github.ultrafeedback.dataset.TestJobs.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ultrafeedback.GenerationRequest;
import io.github.ultrafeedback.error.AuthenticationException;
import io.github.ultrafeedback.error.Certainty;
import io.github.ultrafeedback.error.GenerationException;
import io.github.ultrafeedback.error.InvalidRequestException;
import io.github.ultrafeedback.error.QueueFullException;
import io.github.ultrafeedback.error.ServerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that fail, and models that cannot be opened. */
final class FailureTest {
    @TempDir
    Path folder;

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
}
