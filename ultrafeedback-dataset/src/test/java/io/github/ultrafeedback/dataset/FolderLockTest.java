package io.github.ultrafeedback.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ultrafeedback.dataset.error.JobLockedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two on one folder: the second is told who the first is. */
final class FolderLockTest {
    private static final int HOUR_MILLIS = 2_000_000; // longer than any test runs

    @TempDir
    Path folder;

    @Test
    void aSecondProcessIsRefusedWithTheNameOfTheFirst() throws Exception {
        try (ChildProcess child =
                ChildProcess.start(List.of(), CrashChild.class.getName(), folder, 5, 1, HOUR_MILLIS)) {
            child.awaitLine("started");
            GenerationJob job =
                    CrashChild.job(folder, 5, folder.resolve("paid"), 1, 0).build();
            assertThatThrownBy(job::run)
                    .isInstanceOf(JobLockedException.class)
                    .hasMessageContaining("process " + child.process().pid())
                    .hasMessageContaining(folder.resolve("job").toString());
            child.kill();
            assertThat(job.run().end()).isEqualTo(JobReport.End.FINISHED); // a dead process holds nothing
        }
    }

    @Test
    void aSecondJobInThisProcessIsRefusedAndDoesNotTakeTheLockAway() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        AtomicReference<JobReport.End> end = new AtomicReference<>();
        GenerationJob first = TestJobs.job(folder, 3, TestJobs.words("a")).build();
        Thread thread = new Thread(() ->
                end.set(first.run(RunOptions.defaults().withoutShutdownHook().withOnStart(start -> {
                            inside.countDown();
                            await(tried);
                        }))
                        .end()));
        thread.start();
        inside.await();
        GenerationJob second = TestJobs.job(folder, 3, TestJobs.words("a")).build();
        assertThatThrownBy(second::run)
                .isInstanceOf(JobLockedException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        assertThatThrownBy(second::export).isInstanceOf(JobLockedException.class);
        assertThatThrownBy(() -> second.retryFailed(failure -> true)).isInstanceOf(JobLockedException.class);
        try (ChildProcess child = ChildProcess.start(List.of(), LockChild.class.getName(), folder)) {
            assertThat(child.rest()).contains("refused"); // the lock is still there for others
        }
        tried.countDown();
        thread.join();
        assertThat(end.get()).isEqualTo(JobReport.End.FINISHED);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
